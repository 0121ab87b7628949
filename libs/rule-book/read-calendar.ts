import type { WindowTimes, WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { civilTimeMs, parseCivilDate, parseLocal } from '#libs/domain/calendar/civil.js';
import { validateCalendar } from '#libs/domain/calendar/validate.js';
import { problem } from './calendar-problem.js';
import type { FormProblem } from './calendar-problem.js';
import { WEEKDAYS } from './calendar-text.js';
import type { CalendarText } from './calendar-text.js';
import { spokenProblem } from './spoken-problem.js';

export type CalendarContent = Omit<WorkingCalendar, 'version'>;

/** A line that is not empty, and its number as a person counts. */
export interface Line {
  line: number;
  value: string;
}

export const linesOf = (text: string): Line[] =>
  text
    .split(/\r?\n/)
    .map((value, index) => ({ line: index + 1, value: value.trim() }))
    .filter(({ value }) => value);

const LONGEST_NAME = 100;
const MOST_LINES = 2_000;

export const HOLIDAY_WRONG =
  'Line {line}: “{value}” does not begin with a date. Write it like this: 2027-03-26 Good Friday';
const YEARLY_WRONG =
  'Line {line}: “{value}” does not begin with a month and a day. Write it like this: 12-25 Christmas Day';
const SPECIAL_WRONG =
  'Line {line}: “{value}” is not a date with hours. Write it like this: 2026-12-24 09:00-12:00, or 2026-12-24 closed';
const CLOSURE_WRONG =
  'Line {line}: “{value}” is not a span of time. Write it like this: 2026-12-24 12:00 to 2027-01-02 09:00';
const HOURS_WRONG = '“{value}” are not hours. Write them like this: 09:00-12:00, 14:00-17:00';
const NAME_LONG = 'Line {line}: a name has at most 100 characters';
const TWICE = 'Line {line}: {value} stands in the list already';
const MANY_LINES = 'There are more than 2,000 lines. Clear away those of past years.';

/** What a form's text says, and everything that is wrong with it; the calendar may be used only when nothing is. */
export function readCalendar(id: string, text: CalendarText): { calendar: CalendarContent; problems: FormProblem[] } {
  const problems: FormProblem[] = [];
  const wrong = (field: string, words: string, values = {}) => void problems.push(problem(field, words, values));
  const names: Record<string, string> = {};
  const days = (field: 'holidays' | 'annualHolidays', words: string) =>
    readDays(field, text[field], words, names, wrong);
  const calendar: CalendarContent = {
    id,
    timezone: text.timezone.trim(),
    weeklyHours: weeklyHours(text, wrong),
    holidays: days('holidays', HOLIDAY_WRONG),
    annualHolidays: days('annualHolidays', YEARLY_WRONG),
    specialHours: specialHours(text.specialHours, wrong),
    closures: closures(text.closures, wrong),
    names,
  };
  const refused = validateCalendar({ ...calendar, version: 1 });
  // What a line that cannot be read would have opened is not known yet.
  const sure = refused.filter(({ message }) => !problems.length || !message.startsWith('no open time'));
  return { calendar, problems: [...problems, ...sure.map((one) => spokenProblem(one, text))] };
}

type Wrong = (field: string, words: string, values?: Record<string, string | number>) => void;

function weeklyHours(text: CalendarText, wrong: Wrong): WorkingCalendar['weeklyHours'] {
  const week: WorkingCalendar['weeklyHours'] = {};
  for (const day of WEEKDAYS) {
    const windows = readHours(text[day]);
    if (!windows) wrong(day, HOURS_WRONG, { value: text[day].trim() });
    else if (windows.length) week[day] = windows;
  }
  return week;
}

/** `09:00-12:00, 14:00-17:00` as windows; none for nothing or `closed`; null for what are no hours. */
export function readHours(text: string): WindowTimes[] | null {
  const value = text.trim();
  if (!value || value.toLowerCase() === 'closed') return [];
  const windows = value.split(/[,،、;]/).map((part) => part.trim().split(/(?<!\s)\s*[-–]\s*/));
  return windows.every(isWindow) ? windows : null;
}

function isWindow(times: string[]): times is WindowTimes {
  const [open = '', close = ''] = times;
  return (
    times.length === 2 &&
    /^\d\d:\d\d$/.test(open) &&
    /^\d\d:\d\d$/.test(close) &&
    open < '24:00' &&
    areTimes(open, close)
  );
}
const areTimes = (...times: string[]): boolean => times.every((time) => civilTimeMs(time) !== null);

function readDays(field: string, text: string, words: string, names: Record<string, string>, wrong: Wrong): string[] {
  const dates = new Set<string>();
  const lines = linesOf(text);
  if (lines.length > MOST_LINES) wrong(field, MANY_LINES);
  for (const { line, value } of lines.slice(0, MOST_LINES)) {
    const day = readDay(value);
    if (!day || (day.date.length === 5) !== (field === 'annualHolidays')) wrong(field, words, { line, value });
    else if (day.name.length > LONGEST_NAME) wrong(field, NAME_LONG, { line });
    else if (dates.has(day.date)) wrong(field, TWICE, { line, value: day.date });
    else {
      dates.add(day.date);
      if (day.name) names[day.date] = day.name;
    }
  }
  return [...dates].sort();
}

/** `2027-03-26 Good Friday` or `12-25 Christmas Day`; null when it begins with no date that there is. */
export function readDay(value: string): { date: string; name: string } | null {
  const [, date = '', name = ''] = /^((?:\d{4}-)?\d\d-\d\d)(?:[\s:,;]+(.*))?$/.exec(value) ?? [];
  const full = date.length === 5 ? `2000-${date}` : date;
  return date && parseCivilDate(full) !== null ? { date, name: name.trim() } : null;
}

function specialHours(text: string, wrong: Wrong): Record<string, WindowTimes[]> {
  const special: Record<string, WindowTimes[]> = {};
  for (const { line, value } of linesOf(text)) {
    const [, date = '', hours = ''] = /^(\d{4}-\d\d-\d\d)\s+(\S.*)$/.exec(value) ?? [];
    const windows = parseCivilDate(date) === null ? null : readHours(hours);
    if (!windows) wrong('specialHours', SPECIAL_WRONG, { line, value });
    else if (Object.hasOwn(special, date)) wrong('specialHours', TWICE, { line, value: date });
    else special[date] = windows;
  }
  return special;
}

function closures(text: string, wrong: Wrong): [string, string][] {
  return linesOf(text).flatMap(({ line, value }): [string, string][] => {
    const [, from = '', to = ''] = /^(\S+[ T]\S+)\s+(?:to|–|-)\s+(\S+[ T]\S+)$/.exec(value) ?? [];
    const span: [string, string] = [from.replace(' ', 'T'), to.replace(' ', 'T')];
    const [start, end] = span.map(parseLocal);
    if (start !== null && end !== null && start !== undefined && end !== undefined && start < end) return [span];
    wrong('closures', CLOSURE_WRONG, { line, value });
    return [];
  });
}
