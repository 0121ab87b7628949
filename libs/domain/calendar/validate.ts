import type { Weekday, WindowTimes, WorkingCalendar } from './calendar.js';
import { civilDay, civilTimeMs, formatCivilDay, parseCivilDate, parseLocal, weekdayOf } from './civil.js';
import { totalMs, union, type Span } from './spans.js';
import { LONGEST_CYCLE_DAYS, windowsOf } from './windows.js';
import { DAY_MS, Zone } from './zone.js';

export interface CalendarProblem {
  /** Path of the value: `weeklyHours.mon`, `holidays.3`, `specialHours.2027-01-04`. */
  field: string;
  message: string;
}

const LONGEST_CLOSED_DAYS = 366;
/** Weekly hours open at least once in seven days, so it takes this many yearly holidays to close a year. */
const HOLIDAYS_THAT_CLOSE_A_YEAR = 52;
const FIRST_DATE = '1970-01-01';
const LAST_DATE = '2199-12-31';

/** Why a calendar may not be saved; nothing when it may (sla.md 2.2 rules 6 and 7). */
export function validateCalendar(calendar: WorkingCalendar): CalendarProblem[] {
  const malformed = [
    ...zoneProblems(calendar),
    ...dateProblems(calendar),
    ...Object.entries(calendar.weeklyHours).flatMap(([day, times]) => windowProblems(`weeklyHours.${day}`, times)),
    ...Object.entries(calendar.specialHours).flatMap(([date, times]) => windowProblems(`specialHours.${date}`, times)),
    ...closureProblems(calendar),
  ];
  return malformed.length > 0 ? malformed : [...overlapProblems(calendar), ...closedProblems(calendar)];
}

function zoneProblems({ timezone }: WorkingCalendar): CalendarProblem[] {
  return Zone.exists(timezone) ? [] : [{ field: 'timezone', message: `unknown time zone: ${timezone}` }];
}

function dateProblems({ holidays, annualHolidays, specialHours }: WorkingCalendar): CalendarProblem[] {
  const isYearly = (date: string): boolean => parseCivilDate(`2000-${date}`) !== null;
  return [
    ...holidays.flatMap((date, index) => unless(isDate(date), `holidays.${index}`, `not a date: ${date}`)),
    ...annualHolidays.flatMap((date, index) =>
      unless(isYearly(date), `annualHolidays.${index}`, `not a day and month: ${date}`),
    ),
    ...Object.keys(specialHours).flatMap((date) => unless(isDate(date), `specialHours.${date}`, `not a date: ${date}`)),
  ];
}

function isDate(date: string): boolean {
  return parseCivilDate(date) !== null && FIRST_DATE <= date && date <= LAST_DATE;
}

function windowProblems(field: string, windows: readonly WindowTimes[]): CalendarProblem[] {
  return windows
    .filter(([open, close]) => civilTimeMs(open) === null || civilTimeMs(close) === null || open.startsWith('24'))
    .map((window) => ({ field, message: `not a window: ${window.join('-')}` }));
}

function closureProblems({ closures = [] }: WorkingCalendar): CalendarProblem[] {
  return closures.flatMap(([from, to], index) => {
    const [start, end] = [parseLocal(from), parseLocal(to)];
    const isSpan =
      start !== null && end !== null && start < end && isDate(from.slice(0, 10)) && isDate(to.slice(0, 10));
    return unless(isSpan, `closures.${index}`, `not a span of time: ${from} to ${to}`);
  });
}

function unless(holds: boolean, field: string, message: string): CalendarProblem[] {
  return holds ? [] : [{ field, message }];
}

/** Windows overlap with others of their date or, past midnight, with those of the next one. */
function overlapProblems({ weeklyHours, specialHours }: WorkingCalendar): CalendarProblem[] {
  const hoursOn = (day: number): WindowTimes[] =>
    specialHours[formatCivilDay(day)] ?? weeklyHours[weekdayOf(day)] ?? [];
  const monday = civilDay('2001-01-01');
  const week = (Object.keys(weeklyHours) as Weekday[]).map((weekday): [string, boolean] => {
    const day = [0, 1, 2, 3, 4, 5, 6].find((offset) => weekdayOf(monday + offset) === weekday) ?? 0;
    return [`weeklyHours.${weekday}`, overlaps([weeklyHours[weekday], weeklyHours[weekdayOf(monday + day + 1)]])];
  });
  const dated = Object.keys(specialHours).map((date): [string, boolean] => {
    const around = [-1, 0, 1].map((offset) => hoursOn(civilDay(date) + offset));
    return [`specialHours.${date}`, overlaps(around)];
  });
  return [...week, ...dated].flatMap(([field, overlap]) => unless(!overlap, field, 'windows overlap'));
}

/** Whether any windows of consecutive dates overlap, by the civil clock. */
function overlaps(dates: readonly (readonly WindowTimes[] | undefined)[]): boolean {
  const spans = dates.flatMap((windows = [], index) => windows.map((window) => civilSpan(window, index)));
  return totalMs(union(spans)) < totalMs(spans);
}

function civilSpan([open, close]: WindowTimes, day: number): Span {
  const [from, to] = [civilTimeMs(open) ?? 0, civilTimeMs(close) ?? 0];
  return [day * DAY_MS + from, day * DAY_MS + (to > from ? to : to + DAY_MS)];
}

/** Every 366-day span needs open time, before the first dated entry, between them and for ever after the last. */
function closedProblems(calendar: WorkingCalendar): CalendarProblem[] {
  const { first, last } = daysToCheck(calendar);
  let closedSince = first * DAY_MS;
  for (let day = first; day <= last; day++) {
    const windows = windowsOf(calendar, day);
    const opening = windows[0]?.[0] ?? day * DAY_MS;
    if (opening - closedSince > LONGEST_CLOSED_DAYS * DAY_MS) {
      const since = formatCivilDay(Math.floor(closedSince / DAY_MS));
      return [{ field: 'weeklyHours', message: `no open time in the 366 days from ${since}` }];
    }
    closedSince = Math.max(closedSince, ...windows.map(([, close]) => close));
  }
  return [];
}

/** Beyond these days the calendar only repeats itself. */
function daysToCheck({ holidays, annualHolidays, specialHours, closures = [] }: WorkingCalendar): {
  first: number;
  last: number;
} {
  const dates = [...holidays, ...Object.keys(specialHours), ...closures.flat().map((local) => local.slice(0, 10))];
  const days = (dates.length > 0 ? dates : ['2000-01-01']).map(civilDay);
  const repeats = annualHolidays.length < HOLIDAYS_THAT_CLOSE_A_YEAR ? 2 * 366 : LONGEST_CYCLE_DAYS;
  return { first: Math.min(...days) - 366, last: Math.max(...days) + repeats };
}
