import { calendarAt, type CalendarHistory } from './calendar.js';
import { civilDay } from './civil.js';
import { NeverOpensError } from './open-time.js';
import type { Span } from './spans.js';
import { LONGEST_CYCLE_DAYS, windowsOf } from './windows.js';
import { DAY_MS, Zone } from './zone.js';

/**
 * Opening or closing of the n-th working day (a date on which a window opens) after (n > 0) or before (n < 0) the
 * civil date of `at`, which is never counted itself. n = 0: that date, or the next working day when it has no window.
 * Closing is the end of the last window that starts on the date, even past midnight (sla.md 2.1).
 */
export function workingDay(history: CalendarHistory, at: number, n: number, edge: 'open' | 'close'): number {
  const today = Zone.named(calendarAt(history, at).timezone).civilDayAt(at);
  if (n === 0) return edgeOf(firstWorkingDay(history, today).hours, edge);
  const step = Math.sign(n);
  let found: WorkingDay = { day: today, hours: [] };
  for (let counted = 0; counted < Math.abs(n); counted++) found = firstWorkingDay(history, found.day + step, step);
  return edgeOf(found.hours, edge);
}

/** Closing of a civil date; if no window opens on it, of the next date on which one does (sla.md 2.1). */
export function closingOf(history: CalendarHistory, date: string): number {
  return edgeOf(firstWorkingDay(history, civilDay(date)).hours, 'close');
}

interface WorkingDay {
  day: number;
  hours: readonly Span[];
}

function firstWorkingDay(history: CalendarHistory, from: number, step = 1): WorkingDay {
  for (let day = from; Math.abs(day - from) <= LONGEST_CYCLE_DAYS; day += step) {
    const hours = hoursOn(history, day);
    if (hours.length > 0) return { day, hours };
  }
  throw new NeverOpensError(calendarAt(history, from * DAY_MS));
}

/** The windows of a date, on the version in force by its end; none when all that is left of them lies on other dates. */
function hoursOn(history: CalendarHistory, day: number): readonly Span[] {
  const zone = Zone.named(calendarAt(history, day * DAY_MS).timezone);
  const windows = windowsOf(calendarAt(history, zone.instantOf((day + 1) * DAY_MS) - 1), day);
  return windows.some(([open]) => zone.civilDayAt(open) === day) ? windows : [];
}

function edgeOf(hours: readonly Span[], edge: 'open' | 'close'): number {
  return edge === 'open' ? Math.min(...hours.map(([open]) => open)) : Math.max(...hours.map(([, close]) => close));
}
