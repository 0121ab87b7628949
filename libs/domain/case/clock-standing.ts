import type { ZoneSource } from '../calendar/zone-source.js';
import { withZones } from '../calendar/zone.js';
import { readClock } from '../clock/clock.js';
import type { BreachCause, ClockState } from '../clock/clock.js';
import { describeTarget } from '../clock/target.js';
import type { Target } from '../clock/target.js';
import type { ClockRun } from './clock-runs.js';

/** Where a cycle stands: what a what-if compares. Instants are epoch ms. */
export interface Standing {
  state: ClockState;
  dueAt: number | null;
  breachedAt: number | null;
  breachCause: BreachCause | null;
  target: Target;
}

export const CHANGE_KINDS = ['appears', 'vanishes', 'deadline', 'verdict', 'breach', 'target'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One cycle of one clock that would be another one, or only on one side. */
export interface CycleChange {
  clock: string;
  title: string;
  subject: string;
  cycle: number;
  before: Standing | null;
  after: Standing | null;
  kinds: ChangeKind[];
}

type Runs = ReadonlyMap<string, ClockRun>;

/** Cycles by clock, subject and number: what finds the same cycle on the other side. */
export const cyclesOf = (runs: readonly ClockRun[]): Map<string, ClockRun> =>
  new Map(runs.map((run) => [`${run.policy.name}|${run.subject}|${run.number}`, run]));

function standingOf(run: ClockRun, now: number): Standing {
  const { state, dueAt, breachedAt, breachCause } = readClock(withoutOwnEnd(run), run.calendar, now);
  return { state, dueAt, breachedAt, breachCause, target: run.target };
}

/** A missed heartbeat was recorded at the old deadline. What it ended is looked at without that: when would it be due? */
function withoutOwnEnd({ cycle, policy, stoppedBy }: ClockRun): ClockRun['cycle'] {
  if (policy.whenDue === 'breach' || stoppedBy?.type !== policy.whenDue) return cycle;
  return { ...cycle, signals: cycle.signals.slice(0, -1) };
}

/** How cycles are read on each side, as of which instant (epoch ms). */
export interface Reading {
  now: number;
  /** The other side goes by this release of the tz database. */
  zones?: ZoneSource;
}

/** What differs between two readings of one case; nothing when they agree. */
export function differences(before: Runs, after: Runs, { now, zones }: Reading): CycleChange[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const [old, other] = [before.get(key), after.get(key)];
    const run = other ?? old;
    if (!run || (old && other && !zones && isSame(old, other))) return [];
    const sides = {
      before: old ? standingOf(old, now) : null,
      after: other ? under(zones, () => standingOf(other, now)) : null,
    };
    const kinds = kindsOf(sides.before, sides.after);
    const { policy, subject, number: cycle } = run;
    return kinds.length ? [{ clock: policy.name, title: policy.title, subject, cycle, ...sides, kinds }] : [];
  });
}

const under = (zones: ZoneSource | undefined, read: () => Standing): Standing =>
  zones ? withZones(zones, read) : read();

/** The same signals on the same calendar stand the same: most cycles of a policy that changes one clock need no reading. */
const isSame = (one: ClockRun, other: ClockRun): boolean =>
  one.calendar === other.calendar &&
  one.policy.whenDue === other.policy.whenDue &&
  one.cycle.targetMs === other.cycle.targetMs &&
  one.cycle.signals.length === other.cycle.signals.length &&
  JSON.stringify([one.cycle, one.target]) === JSON.stringify([other.cycle, other.target]);

function kindsOf(before: Standing | null, after: Standing | null): ChangeKind[] {
  if (!before) return ['appears'];
  if (!after) return ['vanishes'];
  return [
    ...(before.dueAt === after.dueAt ? [] : ['deadline' as const]),
    ...(before.state === after.state ? [] : ['verdict' as const]),
    ...(before.breachedAt === after.breachedAt && before.breachCause === after.breachCause ? [] : ['breach' as const]),
    ...(describeTarget(before.target) === describeTarget(after.target) ? [] : ['target' as const]),
  ];
}

export const DIRECTIONS = ['later', 'earlier'] as const;

/** Which way a deadline goes; null when it does not move from one date to another. */
export function directionOf({ before, after }: CycleChange): (typeof DIRECTIONS)[number] | null {
  if (before?.dueAt == null || after?.dueAt == null || before.dueAt === after.dueAt) return null;
  return after.dueAt > before.dueAt ? 'later' : 'earlier';
}
