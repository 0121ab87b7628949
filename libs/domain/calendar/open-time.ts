import { versionsBetween, type CalendarHistory, type WorkingCalendar } from './calendar.js';
import { clip, totalMs, union, type Span } from './spans.js';
import { lastDatedDay, LONGEST_CYCLE_DAYS, openOnUtcDay } from './windows.js';
import { DAY_MS } from './zone.js';

/** Thrown where a calendar opens no more; saving such a calendar is refused (sla.md 2.2 rule 7). */
export class NeverOpensError extends Error {
  constructor(calendar: WorkingCalendar) {
    super(`calendar ${calendar.id} version ${calendar.version} never opens again`);
  }
}

/** Open milliseconds between two instants, each part on the calendar version in force then (sla.md 2.2, 2.6). */
export function openMsBetween(history: CalendarHistory, from: number, to: number): number {
  return totalMs(openSpans(history, from, finite(to)));
}

/** The open spans between two instants, in order: what an explanation lists (sla.md 2.9). */
export function openSpansBetween(history: CalendarHistory, from: number, to: number): Span[] {
  return union([...openSpans(history, from, finite(to))]);
}

/**
 * The earliest instant at which `ms` open milliseconds have elapsed since `from`: a deadline that falls on closing
 * time is closing time (sla.md 2.4 D1). Throws NeverOpensError when the calendar ends before that.
 */
export function instantAfterOpen(history: CalendarHistory, from: number, ms: number): number {
  if (ms <= 0) return from;
  let left = ms;
  for (const [open, close] of openSpans(history, from, Infinity)) {
    if (left <= close - open) return open + left;
    left -= close - open;
  }
  throw new RangeError('a calendar history needs at least one version');
}

/** The first open instant at or after `at`: `at` itself when open then. Throws NeverOpensError (sla.md 2.2 rule 6). */
export function nextOpening(history: CalendarHistory, at: number): number {
  return instantAfterOpen(history, at, 1) - 1;
}

/** Whether the calendar is open at an instant; closing time itself is closed (sla.md 2.2 rule 6). */
export function isOpen(history: CalendarHistory, at: number): boolean {
  return openMsBetween(history, at, at + 1) > 0;
}

/** The open spans of each UTC day between two instants, for as long as there can be any. */
function* openSpans(history: CalendarHistory, from: number, to: number): Generator<Span> {
  for (const part of versionsBetween(history, finite(from), to)) {
    let lastOpenDay = Math.max(utcDay(part.from), lastDatedDay(part.calendar));
    for (let day = utcDay(part.from); day * DAY_MS < part.to; day++) {
      const spans = openOnUtcDay(part.calendar, day);
      if (spans.length > 0) lastOpenDay = Math.max(lastOpenDay, day);
      const over = part.to === Infinity && day - lastOpenDay > LONGEST_CYCLE_DAYS;
      if (over) throw new NeverOpensError(part.calendar);
      yield* within(spans, day, part.from, part.to);
    }
  }
}

function within(spans: readonly Span[], day: number, from: number, to: number): readonly Span[] {
  return from <= day * DAY_MS && (day + 1) * DAY_MS <= to ? spans : clip(spans, from, to);
}

function utcDay(instant: number): number {
  return Math.floor(instant / DAY_MS);
}

function finite(instant: number): number {
  if (!Number.isFinite(instant)) throw new RangeError(`not an instant: ${instant}`);
  return instant;
}
