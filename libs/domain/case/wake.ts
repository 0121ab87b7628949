import type { CaseRules } from './case-rules.js';
import { readClock } from '../clock/clock.js';
import type { PendingStep } from './clock-steps.js';
import { pendingSteps } from './clock-steps.js';
import { clockRuns } from './clock-runs.js';
import type { ClockRun } from './clock-runs.js';
import type { ClockStep, LoggedEvent, NewEvent } from './events.js';
import { nextSilence } from './silence.js';
import type { CaseState } from './state.js';

/** Heartbeats missed before the lead calls, and before the case goes dormant (`product.md`, row 9). */
const CALL_AFTER = 2;
const DORMANT_AFTER = 4;

/** The next thing that has fallen due by `now`, as events with the instant at which they take effect; null when nothing has. */
export function nextDue(
  log: readonly LoggedEvent[],
  state: CaseState,
  rules: CaseRules,
  now: number,
): { at: number; events: NewEvent[] } | null {
  const next = upcoming(log, clockRuns(log, rules), state, rules, now);
  return next && next.at <= now ? { at: next.at, events: next.events() } : null;
}

/** What next falls due on a case by itself: a step of a clock, or a side that nobody has heard of for too long. */
export interface Upcoming {
  /** Epoch ms. */
  at: number;
  /** For people who look at the workflow. */
  what: string;
  events: () => NewEvent[];
}

/** The first of them, due already or ahead; null when there is nothing. `runs`: the clocks of this very log. */
export function upcoming(
  log: readonly LoggedEvent[],
  runs: readonly ClockRun[],
  state: CaseState,
  rules: CaseRules,
  now: number,
): Upcoming | null {
  const [step] = pendingSteps(runs, state, now);
  const silence = nextSilence(log, runs, state, rules, now);
  if (silence && (!step || silence.at < step.at))
    return { at: silence.at, what: `${silence.run.policy.title}: silence`, events: () => silence.events };
  return step
    ? { at: step.at, what: `${step.run.policy.title}: ${step.what.kind}`, events: () => eventsOf(step, state) }
    : null;
}

/** When something next falls due on the case (epoch ms); null when nothing does. */
export function nextWake(log: readonly LoggedEvent[], state: CaseState, rules: CaseRules, now: number): number | null {
  return upcoming(log, clockRuns(log, rules), state, rules, now)?.at ?? null;
}

function eventsOf({ run, what, dueAt, superseded }: PendingStep, state: CaseState): NewEvent[] {
  const body: ClockStep = {
    clock: run.policy.name,
    subject: run.subject,
    cycle: run.number,
    step: what.id,
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    ...(run.epoch.number > 1 && { epoch: run.epoch.number }),
    ...(superseded && { superseded }),
  };
  // A target that was used up already when it came is broken by the change, or when the clock next runs (sla.md 2.5).
  const cause = run.epoch.number > 1 && wasUsedUp(run) ? 'retarget' : 'deadline';
  switch (what.kind) {
    case 'warning':
      return [{ type: 'clock_warned', body }];
    case 'reminder':
      return [{ type: 'reminder_due', body }];
    case 'escalation':
      return [{ type: 'clock_escalated', body: { ...body, level: what.level ?? 1 } }];
    case 'breach':
      return [{ type: 'clock_breached', body: { ...body, cause } }];
    case 'became_dormant':
      return [{ type: 'became_dormant', body }];
    case 'became_unmatched':
      return [{ type: 'became_unmatched', body }];
    case 'heartbeat_missed':
      return missedHeartbeat(body, state.missedHeartbeats + 1);
  }
}

function wasUsedUp({ cycle, calendar, epoch }: ClockRun): boolean {
  const { elapsedMs, targetMs } = readClock(cycle, calendar, epoch.from);
  return elapsedMs >= targetMs;
}

function missedHeartbeat(body: ClockStep, missed: number): NewEvent[] {
  const event: NewEvent = { type: 'heartbeat_missed', body };
  if (missed === CALL_AFTER) return [event, { type: 'clock_escalated', body: { ...body, step: 'L1', level: 1 } }];
  if (missed >= DORMANT_AFTER) return [event, { type: 'became_dormant', body: { ...body, step: 'dormant' } }];
  return [event];
}
