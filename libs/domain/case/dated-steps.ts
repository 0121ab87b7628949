import { calendarAt } from '../calendar/calendar.js';
import { civilDate, instantOfLocal, plusDays } from '../calendar/civil.js';
import { instantAfterOpen, nextOpening } from '../calendar/open-time.js';
import { workingDay } from '../calendar/working-days.js';
import { openDurationMs } from '../clock/target.js';
import type { Step } from './clock-policy.js';
import type { ClockRun } from './clock-runs.js';
import type { PendingStep } from './clock-steps.js';
import { pausedSpans, afterPauses } from './paused-spans.js';
import { notBefore } from './warning-steps.js';

/** Reminders and escalations that a cycle has not told yet, on the days that its policy names. */
export function datedSteps(run: ClockRun, dueAt: number): PendingStep[] {
  const steps = run.policy.steps
    .filter(({ id }) => !run.recorded.has(id))
    .flatMap((what) => {
      const planned = instantOf(what, run, dueAt);
      const at = planned && notBefore(what, planned, run.addedSteps);
      return at === null ? [] : [{ run, at, dueAt, what }];
    });
  const { from, number, tightened } = run.epoch;
  const ahead = steps.filter(({ at, what }) => at > from || (what.kind === 'escalation' && number > 1 && at === from));
  // Days that a shorter target has left behind: the last of them is told at the change, for all.
  const left = tightened ? steps.filter(({ at, what }) => at <= from && what.kind === 'reminder') : [];
  const last = left.sort((a, b) => b.at - a.at)[0];
  if (!last) return ahead;
  return [{ ...last, at: from, superseded: left.slice(1).map(({ what }) => what.id) }, ...ahead];
}

function instantOf({ at, kind }: Step, { cycle, calendar }: ClockRun, dueAt: number): number | null {
  if ('percent' in at || 'openBefore' in at) return null;
  const pauses = pausedSpans(cycle.signals);
  if ('openAfter' in at)
    return afterPauses(instantAfterOpen(calendar, dueAt, openDurationMs(at.openAfter)), dueAt, pauses, calendar);
  const inTheMorning = (moved: number | null) => moved && nextOpening(calendar, moved);
  if ('workingDays' in at) {
    if (kind === 'escalation')
      return afterPauses(workingDay(calendar, dueAt, at.workingDays, 'close'), dueAt, pauses, calendar);
    return inTheMorning(afterPauses(workingDay(calendar, dueAt, at.workingDays, 'open'), dueAt, pauses, calendar));
  }
  const zone = calendarAt(calendar, cycle.startedAt).timezone;
  const date = plusDays(civilDate(cycle.startedAt, zone), at.daysFromStart);
  const planned = nextOpening(calendar, instantOfLocal(`${date}T00:00:00`, zone));
  return inTheMorning(afterPauses(planned, cycle.startedAt, pauses, calendar));
}
