import { instantOfLocal } from '../calendar/civil.js';
import { NeverOpensError, nextOpening } from '../calendar/open-time.js';
import type { CalendarHistory } from '../calendar/calendar.js';
import { readClock, type ClockCycle, type ClockReading } from './clock.js';
import { eventsInForce, toHistory, toSignals, type VectorCalendar, type VectorEvent } from './vector-events.js';
import { warningsFired } from './warnings.js';

interface OnCalendar {
  id: string;
  calendar: VectorCalendar;
  start: string;
  events: VectorEvent[];
}

interface Scenario {
  due_at: string | null;
  verdict: string;
  breached_at: string | null;
  breach_cause?: string;
  elapsed_seconds: number;
  warnings: { percent: number; at: string }[];
}

/** One published test vector (sla.md section 3). */
export type Vector =
  | (OnCalendar & { kind: 'due'; duration_seconds: number; expected_due: string | null })
  | (OnCalendar & { kind: 'elapsed'; end: string; expected_elapsed_seconds: number })
  | (OnCalendar & { kind: 'next_open'; expected_open: string })
  | { id: string; kind: 'local_time'; timezone: string; local: string; expected_instant: string }
  | (OnCalendar & {
      kind: 'scenario';
      duration_seconds: number;
      warn_percent?: number[];
      observe_at: string;
      expected: Scenario;
    });

export interface VectorResult {
  id: string;
  passed: boolean;
  expected: unknown;
  got: unknown;
}

/** Runs one vector through the functions that the product uses (sla.md section 3). */
export function runVector(vector: Vector): VectorResult {
  const expected = expectedOf(vector);
  const got = attempt(() => compute(vector));
  return { id: vector.id, passed: JSON.stringify(got) === JSON.stringify(expected), expected, got };
}

/** A calendar that never opens again has no deadline; any other failure is an answer that no vector expects. */
function attempt(compute: () => unknown): unknown {
  try {
    return compute();
  } catch (error) {
    return error instanceof NeverOpensError ? null : String(error);
  }
}

function compute(vector: Vector): unknown {
  switch (vector.kind) {
    case 'due':
      return iso(reading(vector, vector.duration_seconds).dueAt);
    case 'elapsed':
      // Whatever the target, time elapses alike.
      return reading(vector, 1, Date.parse(vector.end)).elapsedMs / 1000;
    case 'next_open':
      return iso(nextOpening(situation(vector).history, Date.parse(vector.start)));
    case 'local_time':
      return iso(instantOfLocal(vector.local, vector.timezone));
    case 'scenario':
      return scenario(vector);
  }
}

/** The same answer as the vector has it, with every instant in one spelling. */
function expectedOf(vector: Vector): unknown {
  switch (vector.kind) {
    case 'due':
      return respell(vector.expected_due);
    case 'elapsed':
      return vector.expected_elapsed_seconds;
    case 'next_open':
      return respell(vector.expected_open);
    case 'local_time':
      return respell(vector.expected_instant);
    case 'scenario': {
      const { due_at, verdict, breached_at, breach_cause, elapsed_seconds, warnings } = vector.expected;
      return {
        due_at: respell(due_at),
        verdict,
        breached_at: respell(breached_at),
        breach_cause: breach_cause ?? null,
        elapsed_seconds,
        warnings: warnings.map(({ percent, at }) => ({ percent, at: respell(at) })),
      };
    }
  }
}

function scenario(vector: Vector & { kind: 'scenario' }): unknown {
  const observedAt = Date.parse(vector.observe_at);
  const { cycle, history } = situation(vector, vector.duration_seconds, observedAt);
  const clock = readClock(cycle, history, observedAt);
  const thresholds = (vector.warn_percent ?? []).map((percent) => ({ percent }));
  return {
    due_at: iso(clock.dueAt),
    verdict: clock.breachedAt === null ? clock.state : 'breached',
    breached_at: iso(clock.breachedAt),
    breach_cause: clock.breachCause,
    elapsed_seconds: clock.elapsedMs / 1000,
    warnings: warningsFired(cycle, history, thresholds, observedAt).map(({ threshold, at }) => ({
      percent: 'percent' in threshold ? threshold.percent : null,
      at: iso(at),
    })),
  };
}

/** The clock once all that the vector tells has happened, or at an instant before. */
function reading(vector: OnCalendar, targetSeconds: number, at?: number): ClockReading {
  const lastInstant = Math.max(...[vector.start, ...vector.events.map((event) => event.at)].map(Date.parse));
  const { cycle, history } = situation(vector, targetSeconds, at);
  return readClock(cycle, history, at ?? lastInstant);
}

function situation(
  { calendar, start, events }: OnCalendar,
  targetSeconds = 1,
  until = Infinity,
): { cycle: ClockCycle; history: CalendarHistory } {
  const inForce = eventsInForce(events, until);
  return {
    cycle: { startedAt: Date.parse(start), targetMs: targetSeconds * 1000, signals: toSignals(inForce) },
    history: toHistory(calendar, inForce),
  };
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const respell = (at: string | null): string | null => at && iso(Date.parse(at));
