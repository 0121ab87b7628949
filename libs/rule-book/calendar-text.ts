import type { WindowTimes, Weekday, WorkingCalendar } from '#libs/domain/calendar/calendar.js';

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The fields of a calendar as a person types them: hours of each weekday, and lists with one entry a line. */
export const TEXT_FIELDS = ['timezone', ...WEEKDAYS, 'holidays', 'annualHolidays', 'specialHours', 'closures'] as const;
export type CalendarText = Record<(typeof TEXT_FIELDS)[number], string>;

/** `09:00-12:00, 14:00-17:00` */
export const hoursToText = (windows: readonly WindowTimes[]): string =>
  windows.map(([open, close]) => `${open}-${close}`).join(', ');

/** A holiday as a line: its date, and its name where it has one. */
export const dayLine = (date: string, name?: string): string => (name ? `${date} ${name}` : date);

/** A calendar as the text of its form; `readCalendar` reads it back. */
export function calendarToText(calendar: Omit<WorkingCalendar, 'version'>): CalendarText {
  const { names = {}, weeklyHours, closures = [] } = calendar;
  const named = (dates: readonly string[]) => [...dates].sort().map((date) => dayLine(date, names[date]));
  const hours = WEEKDAYS.map((day) => [day, hoursToText(weeklyHours[day] ?? [])] as const);
  return {
    timezone: calendar.timezone,
    ...(Object.fromEntries(hours) as Record<Weekday, string>),
    holidays: named(calendar.holidays).join('\n'),
    annualHolidays: named(calendar.annualHolidays).join('\n'),
    specialHours: Object.entries(calendar.specialHours)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([date, windows]) => `${date} ${windows.length ? hoursToText(windows) : 'closed'}`)
      .join('\n'),
    closures: closures.map((span) => span.map((local) => local.replace('T', ' ')).join(' to ')).join('\n'),
  };
}
