import { calendarAt } from '../calendar/calendar.js';
import { instantOfLocal } from '../calendar/civil.js';
import { nextOpening } from '../calendar/open-time.js';
import type { ClockRun } from './clock-runs.js';
import type { PendingStep } from './clock-steps.js';
import type { EventBodies } from './events.js';

/** A responder has asked for time: the reminders of its own clocks wait until the morning of the day that it named. */
export function waitWithReminders(
  running: readonly ClockRun[],
  { organisationId, until }: EventBodies['time_asked'],
): void {
  for (const run of running) {
    const { policy, subject, calendar, cycle } = run;
    if (policy.subjects !== 'organisations' || subject !== organisationId) continue;
    const zone = calendarAt(calendar, cycle.startedAt).timezone;
    run.remindFrom = nextOpening(calendar, instantOfLocal(`${until}T00:00:00`, zone));
  }
}

/**
 * What is sent to a responder that asked for time waits until the day that it named: of several reminders that would have
 * come before, the last one stands for all. Deadlines and escalations are as they were: the clock goes on.
 */
export function waitingForResponder(run: ClockRun, steps: readonly PendingStep[]): PendingStep[] {
  const { remindFrom } = run;
  if (remindFrom === null) return [...steps];
  const early = steps.filter(({ at, what }) => at < remindFrom && isForResponder(what)).sort((a, b) => a.at - b.at);
  const last = early.at(-1);
  if (!last) return [...steps];
  const superseded = early.flatMap((step) => [...(step === last ? [] : [step.what.id]), ...(step.superseded ?? [])]);
  const others = steps.filter((step) => !early.includes(step));
  return [...others, { ...last, at: remindFrom, ...(superseded.length && { superseded }) }];
}

const isForResponder = (what: PendingStep['what']): boolean =>
  (what.kind === 'reminder' || what.kind === 'warning') && 'to' in what && what.to.includes('responder');
