import { always } from './calendar.js';
import type { CalendarHistory, Weekday, WindowTimes } from './calendar.js';
import type { ReaderRhythm } from '../mail/mail-policy.js';
import { Zone } from './zone.js';

const WORKING_WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const OFFICE: WindowTimes = ['09:00', '17:00'];
/** The hours in which offices of every State that was looked at are still open. */
const STATE_OFFICE: WindowTimes = ['09:00', '16:00'];
/** No State that was looked at rests on one of these. */
const STATE_WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu'];
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
  rhythm?: ReaderRhythm;
}

/**
 * When somebody may be written to (sla.md 2.7): Monday to Friday, 09:00 to 17:00 in their own zone; for whoever acts for a
 * State Monday to Thursday until 16:00, so that its capital and its mission are both at work; or their own hours.
 */
export function deliveryHours({ timezone, weekend, own }: Reader): CalendarHistory {
  const zone = readerZone(timezone);
  const week = weekend === undefined ? WORKING_WEEK : STATE_WEEK.filter((day) => !weekend?.includes(day));
  const days = own?.days ?? week;
  const window: WindowTimes = own ? [own.from, own.until] : weekend === undefined ? OFFICE : STATE_OFFICE;
  const id = ['delivery', zone, window.join('-'), ...days].join(' ');
  const calendar = known.get(id) ?? always(hoursOf(id, zone, days, window));
  known.set(id, calendar);
  return calendar;
}

/** The zone in which a reader's days are counted: theirs, or that of Geneva where it is not known. */
export const readerZone = (timezone: string): string => (Zone.exists(timezone) ? timezone : FALL_BACK_ZONE);

const hoursOf = (id: string, timezone: string, days: readonly Weekday[], window: WindowTimes) => ({
  id,
  version: 1,
  timezone,
  weeklyHours: Object.fromEntries(days.map((day) => [day, [window]])),
  holidays: [],
  annualHolidays: [],
  specialHours: {},
});
