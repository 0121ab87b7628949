import type { CalendarHistory } from '../calendar/calendar.js';
import { instantAfterOpen } from '../calendar/open-time.js';
import { deadlineOf, type BreachCause, type RunningClock } from './running-clock.js';
import type { ClockCycle } from './signals.js';
import { projected, traceClock, type ClockTrace } from './trace.js';

export type { BreachCause } from './running-clock.js';
export type { ClockCycle, ClockSignal, EndCause } from './signals.js';

export type ClockState = 'running' | 'paused' | 'met' | 'breached' | 'stopped';

/** What a clock shows at an instant (sla.md 2.4). Instants and durations are milliseconds. */
export interface ClockReading {
  /** `paused` also when it has breached before; `breached` running or stopped; `stopped` ended without a verdict. */
  state: ClockState;
  /** Null while paused, and once ended before it was due. */
  dueAt: number | null;
  targetMs: number;
  elapsedMs: number;
  /** Negative when late; null once stopped or ended. */
  openMsLeft: number | null;
  breachedAt: number | null;
  breachCause: BreachCause | null;
  stoppedAt: number | null;
  evidence: string | null;
  pausedSince: number | null;
  pauseReasons: string[];
  /** How late against the deadline in force, to the stop or to now: open time, and by the clock on the wall. */
  overrunOpenMs: number | null;
  overrunWallMs: number | null;
  endCause: string | null;
}

/** A clock as of an instant, looking only at signals recorded up to then (sla.md 2.3-2.5). */
export function readClock(cycle: ClockCycle, history: CalendarHistory, at: number): ClockReading {
  const trace = traceClock(cycle, history, at);
  const { run } = trace;
  return {
    state: stateOf(run),
    dueAt: dueAt(cycle, trace),
    targetMs: run.targetMs,
    elapsedMs: run.elapsedMs,
    openMsLeft: run.over ? null : run.targetMs - run.elapsedMs,
    breachedAt: run.breach?.at ?? null,
    breachCause: run.breach?.cause ?? null,
    stoppedAt: run.stop?.at ?? run.ended?.at ?? null,
    evidence: run.stop?.evidence ?? null,
    pausedSince: run.pausedSince,
    pauseReasons: [...run.pauseReasons],
    ...overrunOf(run),
    endCause: run.ended?.cause ?? null,
  };
}

/**
 * First instant at which elapsed reaches `ms`, from what is known at `asOf`; null while paused, or once stopped,
 * before it is reached; grace is for the deadline alone (sla.md 2.4 D1, 2.7).
 */
export function instantAtElapsed(cycle: ClockCycle, history: CalendarHistory, ms: number, asOf: number): number | null {
  const wanted = Math.ceil(ms);
  if (wanted <= (cycle.carriedMs ?? 0)) return cycle.startedAt;
  const trace = traceClock(cycle, history, asOf);
  const stretch = trace.stretches.find(({ elapsedAtTo }) => wanted <= elapsedAtTo);
  if (stretch) return instantAfterOpen(trace.history, stretch.from, wanted - stretch.elapsedAtFrom);
  return projected(trace, wanted);
}

function stateOf(run: RunningClock): ClockState {
  if (!run.over && run.pausedSince !== null) return 'paused';
  if (run.breach) return 'breached';
  if (run.stop) return 'met';
  return run.ended ? 'stopped' : 'running';
}

function dueAt(cycle: ClockCycle, { run, history }: ClockTrace): number | null {
  // A pause recorded at the very instant of the deadline comes too late to hide it (S11).
  if (run.pausedSince !== null && run.due?.at !== run.pausedSince) return null;
  if (run.due) return run.due.at;
  if (run.ended) return null;
  const usedUpAt = instantAfterOpen(history, run.stop?.at ?? run.now, run.targetMs - run.elapsedMs);
  return deadlineOf(cycle, history, usedUpAt);
}

function overrunOf(run: RunningClock): Pick<ClockReading, 'overrunOpenMs' | 'overrunWallMs'> {
  if (!run.breach) return { overrunOpenMs: null, overrunWallMs: null };
  if (!run.due) return { overrunOpenMs: 0, overrunWallMs: 0 };
  const until = run.stop?.at ?? run.ended?.at ?? run.now;
  return { overrunOpenMs: run.elapsedMs - run.due.elapsedMs, overrunWallMs: until - run.due.at };
}
