import { instantAtElapsed, readClock } from '../clock/clock.js';
import { openDurationMs } from '../clock/target.js';
import { warningsFired } from '../clock/warnings.js';
import type { Threshold } from '../clock/warnings.js';
import type { Step } from './clock-policy.js';
import type { ClockRun } from './clock-runs.js';
import type { PendingStep } from './clock-steps.js';

/** The warnings that a cycle has not given yet: those that have become due by `now`, and those ahead (sla.md 2.7). */
export function warningSteps(run: ClockRun, dueAt: number, now: number): PendingStep[] {
  const { cycle, calendar, epoch, recorded, addedSteps } = run;
  const untold = run.policy.steps.filter(({ id }) => !recorded.has(id));
  const steps = untold.flatMap((step): [Threshold, Step][] => {
    const threshold = thresholdOf(step);
    return threshold ? [[threshold, step]] : [];
  });
  if (!steps.length) return [];
  const stepOf = new Map(steps);
  const fired = warningsFired(cycle, calendar, [...stepOf.keys()], now).filter(({ at }) => at >= epoch.from);
  const due = fired.flatMap(({ at, threshold, superseded }): PendingStep[] => {
    const what = stepOf.get(threshold);
    const others = superseded.flatMap((one) => stepOf.get(one)?.id ?? []);
    const told = what && notBefore(what, at, addedSteps);
    return told ? [{ run, at: told, dueAt, what, ...(others.length && { superseded: others }) }] : [];
  });
  const gone = new Set(due.flatMap(({ what, superseded = [] }) => [what.id, ...superseded]));
  return [
    ...due,
    ...ahead(run, steps, now)
      .filter(({ what }) => !gone.has(what.id))
      .map((step) => ({ ...step, dueAt })),
  ];
}

/**
 * When a step is told that a version has added to a running cycle: never before that. What was past by then counts as
 * told, but for an escalation: somebody has to hear of it, at the change (sla.md 2.5, 2.7).
 */
export function notBefore({ id, kind }: Step, at: number, addedSteps: ReadonlyMap<string, number>): number | null {
  const added = addedSteps.get(id) ?? -Infinity;
  if (at >= added) return at;
  return kind === 'escalation' ? added : null;
}

function ahead(run: ClockRun, steps: readonly [Threshold, Step][], now: number): Omit<PendingStep, 'dueAt'>[] {
  const { elapsedMs, targetMs } = readClock(run.cycle, run.calendar, now);
  return steps.flatMap(([threshold, what]) => {
    const level = 'percent' in threshold ? (targetMs * threshold.percent) / 100 : targetMs - threshold.openMsBefore;
    if (level <= elapsedMs || level >= targetMs) return [];
    const at = instantAtElapsed(run.cycle, run.calendar, level, now);
    return at === null ? [] : [{ run, at, what }];
  });
}

function thresholdOf({ at }: Step): Threshold | null {
  if ('percent' in at) return { percent: at.percent };
  return 'openBefore' in at ? { openMsBefore: openDurationMs(at.openBefore) } : null;
}
