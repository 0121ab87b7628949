import { calendarAt, knownBy, type CalendarHistory, type WorkingCalendar } from '../calendar/calendar.js';
import { readClock } from './clock.js';
import type { ClockCycle, ClockSignal } from './signals.js';

/** What may have moved a deadline. */
export type Mover = { type: 'start' } | { type: 'calendar'; calendar: WorkingCalendar } | ClockSignal;

/** One thing that bore on a deadline, and the deadline right after it; null while there is none. Instants are epoch ms. */
export interface DueMove {
  at: number;
  by: Mover;
  dueAt: number | null;
}

/** How a deadline came to be what it is at `asOf`: the last entry ends on it (sla.md 2.9). */
export function dueMoves(cycle: ClockCycle, history: CalendarHistory, asOf: number): DueMove[] {
  const reading = readClock(cycle, history, asOf);
  const stoppedAt = reading.stoppedAt ?? Infinity;
  const signals = [...cycle.signals]
    // What keeps a date where it is has moved nothing: the version of the calendar is told by itself.
    .filter((signal) => signal.at <= Math.min(asOf, stoppedAt) && !('keepsDate' in signal))
    .sort((a, b) => a.at - b.at)
    .map((by) => ({ at: Math.max(by.at, cycle.startedAt), by }));
  const until = Math.min(stoppedAt, reading.dueAt ?? asOf);
  const versions = history
    .filter(({ from }, index) => index > 0 && from > cycle.startedAt && from < until)
    .map(({ from, calendar }) => ({ at: from, by: { type: 'calendar' as const, calendar } }));
  const start = { at: cycle.startedAt, by: { type: 'start' as const } };
  return [start, ...[...versions, ...signals].sort((a, b) => a.at - b.at)].map(({ at, by }): DueMove => {
    // At the start, what was in force then counts: also a pause that began before.
    const known = knownBy(history, at);
    return { at, by, dueAt: readClock(cycle, known, Math.min(at, asOf)).dueAt };
  });
}

/** The deadline as it stood at the start of the cycle (epoch ms); null when the clock began paused. */
export const firstDueAt = (cycle: ClockCycle, history: CalendarHistory): number | null =>
  readClock(cycle, knownBy(history, cycle.startedAt), cycle.startedAt).dueAt;

/** Whether a version is of another calendar than the one in force right before it. */
export const isOtherCalendar = (history: CalendarHistory, at: number, { id }: WorkingCalendar): boolean =>
  calendarAt(history, at - 1).id !== id;
