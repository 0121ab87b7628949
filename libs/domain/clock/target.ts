import { always, calendarAt, type CalendarHistory } from '../calendar/calendar.js';
import { civilDate, civilTimeOfDay, instantOfLocal, plusDays } from '../calendar/civil.js';
import { nextOpening, openMsBetween } from '../calendar/open-time.js';
import { closingOf, workingDay } from '../calendar/working-days.js';

/** What a clock promises, as people say it (sla.md 2.1). */
export type Target =
  /** So much open time, an ISO 8601 duration without days: `PT8H`. */
  | { open: string }
  /** Closing, or the start's time of day, of the n-th working day after the date of the start. */
  | { workingDays: number; at: 'close' | 'same_time' }
  /** Closing of the date n calendar days after the start, or of the next working date. */
  | { days: number }
  /** Closing of a civil date, or of the next working date. */
  | { on: string };

/** The shortest target there is, in milliseconds (sla.md 2.1). */
export const SHORTEST_MS = 1000;

/**
 * A target as open milliseconds, at least one second; resolved once, when the cycle starts, on the calendar version in
 * force then. Pauses do not change it (sla.md 2.1). Throws RangeError for a malformed target.
 */
export function resolveTarget(target: Target, start: number, history: CalendarHistory): number {
  if ('open' in target) return Math.max(SHORTEST_MS, openDurationMs(target.open));
  const calendar = always(calendarAt(history, start));
  return Math.max(SHORTEST_MS, openMsBetween(calendar, start, civilDeadline(target, start, calendar)));
}

type CivilTarget = Exclude<Target, { open: string }>;

function civilDeadline(target: CivilTarget, start: number, calendar: CalendarHistory): number {
  const zone = calendarAt(calendar, start).timezone;
  if ('on' in target) return closingOf(calendar, target.on);
  if ('days' in target) return closingOf(calendar, plusDays(civilDate(start, zone), atLeastOne(target.days)));
  const closing = workingDay(calendar, start, atLeastOne(target.workingDays), 'close');
  if (target.at === 'close') return closing;
  const opening = workingDay(calendar, start, target.workingDays, 'open');
  return nextOpening(calendar, instantOfLocal(`${civilDate(opening, zone)}T${timeOfDay(start, zone)}`, zone));
}

function timeOfDay(at: number, zone: string): string {
  return new Date(civilTimeOfDay(at, zone)).toISOString().slice(11, 23);
}

function atLeastOne(count: number): number {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a number of days: ${count}`);
  return count;
}

/** Open milliseconds of an ISO 8601 duration. @throws RangeError: days and longer are refused: nothing here says how many hours a day has (sla.md 2.1). */
export function openDurationMs(duration: string): number {
  const match = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration);
  if (!match) throw new RangeError(`not an open duration: ${duration}`);
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A target in words: "2 working days", "60 days", "by 30 April 2027", "8 h open time" (sla.md 2.1, 2.9). */
export function describeTarget(target: Target): string {
  if ('open' in target) return `${describeOpen(openDurationMs(target.open))} open time`;
  if ('on' in target) return `by ${DATE.format(Date.parse(target.on))}`;
  if ('days' in target) return counted(target.days, 'day');
  const days = counted(target.workingDays, 'working day');
  return target.at === 'close' ? days : `${days}, same time`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Open time in words: "7 h 30 min". */
export function describeOpen(ms: number): string {
  const seconds = ms / 1000;
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.round((seconds % 60) * 1000) / 1000, 's'],
  ];
  const named = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return named.join(' ') || '0 s';
}
