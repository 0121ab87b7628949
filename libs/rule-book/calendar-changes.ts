import type { Weekday, WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { hoursToText, WEEKDAYS } from './calendar-text.js';

type Content = Omit<WorkingCalendar, 'version'>;

/** What a version has that the one before had not. Dates with their names; hours as text, empty for closed. */
export interface CalendarChanges {
  timezone: { from: string; to: string } | null;
  hours: { day: Weekday; from: string; to: string }[];
  added: NamedDay[];
  removed: NamedDay[];
  special: { date: string; from: string | null; to: string | null }[];
  closures: { added: [string, string][]; removed: [string, string][] };
}
export interface NamedDay {
  /** `YYYY-MM-DD`, or `MM-DD` for every year. */
  date: string;
  name: string;
}

/** What changes from one calendar to another, for people who decide about it. */
export function calendarChanges(before: Content, after: Content): CalendarChanges {
  const hoursOf = ({ weeklyHours }: Content, day: Weekday) => hoursToText(weeklyHours[day] ?? []);
  const special = ({ specialHours }: Content, date: string) =>
    specialHours[date] ? hoursToText(specialHours[date]) : null;
  const spans = ({ closures = [] }: Content) => new Map(closures.map((span) => [span.join(), span]));
  return {
    timezone: before.timezone === after.timezone ? null : { from: before.timezone, to: after.timezone },
    hours: WEEKDAYS.map((day) => ({ day, from: hoursOf(before, day), to: hoursOf(after, day) })).filter(differs),
    added: missing(after, before),
    removed: missing(before, after),
    special: [...new Set([...Object.keys(before.specialHours), ...Object.keys(after.specialHours)])]
      .sort()
      .map((date) => ({ date, from: special(before, date), to: special(after, date) }))
      .filter(differs),
    closures: {
      added: [...spans(after)].filter(([key]) => !spans(before).has(key)).map(([, span]) => span),
      removed: [...spans(before)].filter(([key]) => !spans(after).has(key)).map(([, span]) => span),
    },
  };
}

const differs = ({ from, to }: { from: unknown; to: unknown }): boolean => from !== to;

/** Holidays of one calendar that the other has not. */
function missing(one: Content, other: Content): NamedDay[] {
  const known = new Set([...other.holidays, ...other.annualHolidays]);
  return [...one.annualHolidays, ...one.holidays]
    .filter((date) => !known.has(date))
    .map((date) => ({ date, name: one.names?.[date] ?? '' }));
}

/** Whether two calendars are the same in everything that counts or is shown. */
export function isUnchanged(before: Content, after: Content): boolean {
  const { timezone, hours, added, removed, special, closures } = calendarChanges(before, after);
  const lists = [hours, added, removed, special, closures.added, closures.removed];
  return timezone === null && lists.every((list) => !list.length) && namesOf(before) === namesOf(after);
}

const namesOf = ({ names = {}, holidays, annualHolidays }: Content): string =>
  [...holidays, ...annualHolidays]
    .sort()
    .map((date) => names[date] ?? '')
    .join('\n');
