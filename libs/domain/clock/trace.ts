import { knownBy, type CalendarHistory } from '../calendar/calendar.js';
import { instantAfterOpen } from '../calendar/open-time.js';
import { RunningClock } from './running-clock.js';
import { signalGroups, type ClockCycle } from './signals.js';

/** A stretch of a clock's life in which no signal came: the raw material of warnings and explanations (sla.md 2.9). */
export interface Stretch {
  from: number;
  to: number;
  /** Whether the clock accrued while its calendar was open. */
  runs: boolean;
  /** Why it was paused; empty while it ran, and where a pause gave no reason. */
  pauseReasons: readonly string[];
  /** The clock had stopped or ended before: nothing in it counts. */
  overAtStart: boolean;
  targetMs: number;
  elapsedAtFrom: number;
  elapsedAtTo: number;
  /** The clock was stopped at `to`. */
  stopsAtEnd: boolean;
}

export interface ClockTrace {
  run: RunningClock;
  stretches: Stretch[];
  /** The history that this clock goes by: what came after a stop is not looked at. */
  history: CalendarHistory;
}

/** A clock as of an instant, from what had been recorded by then (sla.md 2.1: a pure function of its events). */
export function traceClock(cycle: ClockCycle, history: CalendarHistory, at: number): ClockTrace {
  const run = new RunningClock(cycle, history);
  const stretches: Stretch[] = [];
  for (const group of signalGroups(cycle.signals, [cycle.startedAt, at], at)) {
    const stretch = advance(run, group.at);
    run.settle(group.at, group.signals);
    stretches.push({ ...stretch, stopsAtEnd: stretch.runs && run.stop?.at === group.at });
  }
  // The clock as the last signals left it, however short: what they overtook is due at once.
  stretches.push({ ...advance(run, at), stopsAtEnd: false });
  return { run, stretches, history: run.stop ? knownBy(history, run.stop.at) : history };
}

function advance(run: RunningClock, to: number): Omit<Stretch, 'stopsAtEnd'> {
  const { now: from, runs, pauseReasons, targetMs, elapsedMs: elapsedAtFrom } = run;
  const before = { from, runs, pauseReasons, overAtStart: run.over, targetMs, elapsedAtFrom };
  run.advance(to);
  return { ...before, to: run.now, elapsedAtTo: run.elapsedMs };
}

/** First instant at which `ms` will have elapsed if nothing more happens; null when the clock does not run. */
export function projected({ run, history }: ClockTrace, ms: number): number | null {
  if (!run.runs) return null;
  return instantAfterOpen(history, run.now, ms - run.elapsedMs);
}
