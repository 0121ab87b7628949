import { followedBy } from '../calendar/calendar.js';
import type { CalendarHistory, CalendarVersion } from '../calendar/calendar.js';
import { openMsBetween } from '../calendar/open-time.js';
import { closingOf } from '../calendar/working-days.js';
import { readClock } from '../clock/clock.js';
import { retargetedMs } from '../clock/retarget.js';
import { resolveTarget, SHORTEST_MS } from '../clock/target.js';
import type { Target } from '../clock/target.js';
import type { ClockPolicy } from './clock-policy.js';
import type { ClockRun } from './clock-runs.js';
import type { PauseInForce } from './pauses.js';

interface NewRule {
  policy: ClockPolicy;
  policyVersion: number;
  calendar: CalendarHistory;
  pauses: readonly PauseInForce[];
}

/** Puts a running cycle on another version of its policy: what has been counted stays counted (sla.md 2.5, 2.6). */
export function applyPolicy(run: ClockRun, { policy, policyVersion, calendar, pauses }: NewRule, at: number): void {
  if (policy.calendar !== run.policy.calendar) {
    run.calendar = followedBy(run.calendar, at, calendar);
    keepDate(run, at - 1);
  }
  for (const { reason } of pauses) {
    const [paused, pauses] = [run.policy.pausedBy.includes(reason), policy.pausedBy.includes(reason)];
    if (paused !== pauses) run.cycle.signals.push({ at, type: pauses ? 'pause' : 'resume', reason });
  }
  const known = run.policy.steps.map(({ id, at: time }) => id + JSON.stringify(time));
  for (const { id, at: time } of policy.steps)
    if (!known.includes(id + JSON.stringify(time))) run.addedSteps.set(id, at);
  run.policy = policy;
  run.policyVersion = policyVersion;
}

/**
 * Gives a running cycle another target from an instant on, never back-dated: a deadline that is past by then falls on the
 * change. Steps are told anew for it, except those that an extended deadline has behind it (sla.md 2.5, 2.7).
 */
export function changeTarget(run: ClockRun, target: Target | null, at: number): void {
  if (!target || isSame(target, run.target)) return;
  run.target = target;
  const before = readClock(run.cycle, run.calendar, at);
  keepDate(run, at);
  const { startedAt } = run.cycle;
  const resolved = promisedMs(target, startedAt, run.calendar, at);
  const targetMs = retargetedMs(before, resolved, run.policy.onChange);
  if (targetMs === before.targetMs) return;
  run.cycle.signals.push({ at, type: 'retarget', targetMs });
  // Late already, and the new target is used up as well: nothing has changed for anybody.
  if (before.breachedAt !== null && before.elapsedMs >= targetMs) return;
  run.epoch = { number: run.epoch.number + 1, from: at, tightened: targetMs < before.targetMs };
  run.recorded = new Set();
  run.addedSteps.clear();
}

/**
 * A promise to a civil date (30 April, a milestone) stays on that date when a later version of the calendar closes days
 * before it: from when the version is known, the open time to the date is what it then is. Other promises are so much
 * open time, resolved once, and move (sla.md 2.1). Versions known after `since` (epoch ms) are looked at.
 */
export function keepDate({ cycle, target, calendar }: ClockRun, since: number): void {
  const others = cycle.signals.filter((signal) => !('keepsDate' in signal && signal.at > since));
  cycle.signals.splice(0, Infinity, ...others);
  if (!('on' in target)) return;
  const later = calendar.slice(1).map(knownFrom);
  for (const at of later.filter((known) => known > since)) {
    const targetMs = promisedMs(target, cycle.startedAt, calendar, at);
    cycle.signals.push({ at, type: 'retarget', targetMs, keepsDate: true });
  }
}

/** A target as open milliseconds: to a civil date by all versions known at an instant, else as resolved at the start. */
export function promisedMs(target: Target, startedAt: number, calendar: CalendarHistory, knownAt: number): number {
  if (!('on' in target)) return resolveTarget(target, startedAt, calendar);
  const history = calendar.filter((version, index) => index === 0 || knownFrom(version) <= knownAt);
  return Math.max(SHORTEST_MS, openMsBetween(history, startedAt, closingOf(history, target.on)));
}

const knownFrom = ({ recordedAt, from }: CalendarVersion): number => recordedAt ?? from;

/** Whatever the order of its parts, which a database may change. */
const isSame = (one: Target, other: Target): boolean => inOrder(one) === inOrder(other);
const inOrder = (target: Target): string => JSON.stringify(Object.entries(target).sort());
