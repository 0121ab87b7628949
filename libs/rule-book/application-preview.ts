import type { CaseRules } from '#libs/domain/case/case-rules.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import { clockRuns } from '#libs/domain/case/clock-runs.js';
import type { LoggedEvent } from '#libs/domain/case/events.js';
import { text } from '#libs/domain/case/events.js';
import { readClock } from '#libs/domain/clock/clock.js';

/** What a version of the policy would change about one running clock of a case. Instants are epoch milliseconds. */
export interface DeadlineChange {
  clock: string;
  title: string;
  subject: string;
  /** Null while it is paused. */
  before: number | null;
  /** Null while it is paused, or when it ends. */
  after: number | null;
  /** `late`: the promise would be broken by the change. `ends`: the version has no such clock. */
  effect: 'moves' | 'late' | 'ends' | 'pauses' | 'runs' | 'length';
}

/** The running clocks of a case on which going by another version from now on would change something (sla.md 2.5). */
export function previewApplication(
  log: readonly LoggedEvent[],
  rules: CaseRules,
  version: number,
  now: number,
): DeadlineChange[] {
  const applied: LoggedEvent = {
    type: 'policy_applied',
    body: { version, reason: text('') },
    version: log.length + 1,
    effectiveAt: Math.max(now, ...log.map(({ effectiveAt }) => effectiveAt)),
    recordedAt: now,
    actorId: 'preview',
  };
  const after = clockRuns([...log, applied], rules);
  return clockRuns(log, rules)
    .filter((run) => !run.over)
    .flatMap(
      (run) =>
        changeOf(
          run,
          after.find((other) => isSame(run, other)),
          applied.effectiveAt,
        ) ?? [],
    );
}

function changeOf(run: ClockRun, then: ClockRun | undefined, at: number): DeadlineChange | null {
  const { policy, subject } = run;
  const was = readClock(run.cycle, run.calendar, at);
  const about = { clock: policy.name, title: policy.title, subject, before: was.dueAt };
  if (!then || then.over) return { ...about, after: null, effect: 'ends' };
  const is = readClock(then.cycle, then.calendar, at);
  const change = (effect: DeadlineChange['effect']): DeadlineChange => ({ ...about, after: is.dueAt, effect });
  if (was.breachedAt === null && is.breachedAt !== null) return change('late');
  if (was.dueAt === is.dueAt) return was.targetMs === is.targetMs ? null : change('length');
  if (is.dueAt === null) return change('pauses');
  return change(was.dueAt === null ? 'runs' : 'moves');
}

const isSame = (one: ClockRun, other: ClockRun): boolean =>
  one.policy.name === other.policy.name && one.subject === other.subject && one.number === other.number;
