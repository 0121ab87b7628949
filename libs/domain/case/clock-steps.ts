import { readClock } from '../clock/clock.js';
import type { Step, WhenDue } from './clock-policy.js';
import type { ClockRun } from './clock-runs.js';
import { datedSteps } from './dated-steps.js';
import { hasOpenOffer } from './invitations.js';
import { warningSteps } from './warning-steps.js';
import type { CaseState } from './state.js';
import { waitingForResponder } from './time-asked.js';

/** The deadline itself, as a step beside those of the policy. */
export const DUE = 'due';

/** Something that a clock does at an instant: a step of its policy, or its deadline. */
export interface PendingStep {
  run: ClockRun;
  at: number;
  dueAt: number | null;
  what: Step | { id: typeof DUE; kind: WhenDue };
  /** Ids of lower warnings of the same instant: they count as told. */
  superseded?: string[];
}

/** Everything that open clocks have not done yet, earliest first. Nothing of a clock that is paused. */
export function pendingSteps(runs: readonly ClockRun[], state: CaseState, now: number): PendingStep[] {
  return runs
    .filter((run) => !run.over)
    .flatMap((run) => {
      const { dueAt } = readClock(run.cycle, run.calendar, now);
      if (dueAt === null) return [];
      const steps = [...warningSteps(run, dueAt, now), ...datedSteps(run, dueAt)];
      return [...deadlineOf(run, dueAt, runs, state), ...waitingForResponder(run, steps)];
    })
    .sort((a, b) => a.at - b.at || Number(b.what.id === DUE) - Number(a.what.id === DUE));
}

function deadlineOf(run: ClockRun, dueAt: number, runs: readonly ClockRun[], state: CaseState): PendingStep[] {
  if (run.recorded.has(DUE)) return [];
  const { whenDue } = run.policy;
  // A case with an offer before the State is not unmatched until the State has decided.
  if (whenDue === 'became_unmatched' && hasOpenOffer(state)) return [];
  const at = whenDue === 'became_unmatched' ? Math.max(dueAt, lastDecision(runs)) : dueAt;
  return [{ run, at, dueAt, what: { id: DUE, kind: whenDue } }];
}

const lastDecision = (runs: readonly ClockRun[]): number =>
  Math.max(...runs.map(({ stoppedBy }) => (stoppedBy?.type === 'offer_declined' ? stoppedBy.effectiveAt : 0)));
