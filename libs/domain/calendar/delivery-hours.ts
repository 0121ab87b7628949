import { always } from './calendar.js';
import type { CalendarHistory, Weekday, WindowTimes } from './calendar.js';
import type { Rhythm } from '../mail/mail-policy.js';
import { Zone } from './zone.js';

const WORKING_WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const OFFICE: WindowTimes = ['09:00', '17:00'];
/** The hours in which offices of every State that was looked at are still open. */
const STATE_OFFICE: WindowTimes = ['09:00', '16:00'];
const FALL_BACK_ZONE = 'Europe/Zurich';

const known = new Map<string, CalendarHistory>();

/** Whom a mail that can wait is for: their zone, and for somebody who acts for a State, the days on which it rests. */
export interface Reader {
  timezone: string;
  /** Absent for people who act for no State; null where its weekend is not known to differ. */
  weekend?: readonly Weekday[] | null;
  /** Hours of their own, where they have said so. */
  own?: { days: readonly Weekday[]; from: string; until: string };
  /** How they want what can be gathered, where they have said so. */
  rhythm?: Rhythm;
}

/**
 * When somebody may be reminded (sla.md 2.7): Monday to Friday, 09:00 to 17:00 in their own zone; for a State until
 * 16:00, and without the days on which it rests, so that its capital and its mission in Geneva are both at work.
 */
export function deliveryHours({ timezone, weekend, own }: Reader): CalendarHistory {
  const zone = Zone.exists(timezone) ? timezone : FALL_BACK_ZONE;
  const days = own?.days ?? WORKING_WEEK.filter((day) => !weekend?.includes(day));
  const window: WindowTimes = own ? [own.from, own.until] : weekend === undefined ? OFFICE : STATE_OFFICE;
  const id = ['delivery', zone, window.join('-'), ...days].join(' ');
  const calendar = known.get(id) ?? always(week(id, zone, days, window));
  known.set(id, calendar);
  return calendar;
}

const week = (id: string, timezone: string, days: readonly Weekday[], window: WindowTimes) => ({
  id,
  version: 1,
  timezone,
  weeklyHours: Object.fromEntries(days.map((day) => [day, [window]])),
  holidays: [],
  annualHolidays: [],
  specialHours: {},
});
