import { isOtherCalendar, dueMoves } from '#libs/domain/clock/due-moves.js';
import type { DueMove, Mover } from '#libs/domain/clock/due-moves.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { EventType, LoggedEvent } from '#libs/domain/case/events.js';
import type { CaseRecord } from './case-record.js';
import type { Reach } from './reach.js';

/** One thing that bore on a deadline, with who did it and why, as far as the viewer may know. */
export interface ClockMove {
  at: string;
  kind: 'started' | 'paused' | 'resumed' | 'retargeted' | 'policy' | 'calendar' | 'stopped' | 'ended';
  /** The event of the log behind it; null for a version of the calendar. */
  version: number | null;
  event: EventType | null;
  actor: { id: string; name: string } | null;
  /** Of a pause or its end. */
  pause: string | null;
  /** In somebody's own words. */
  reason: string | null;
  /** What it became: open time of a new target, version of the policy, version of the calendar. */
  targetSeconds: number | null;
  policyVersion: number | null;
  calendar: { id: string; version: number; timezone: string; isOther: boolean } | null;
  dueAt: string | null;
}

const iso = (at: number): string => new Date(at).toISOString();

/** How the deadline of one cycle came to be what it is, oldest first; the last entry ends on the deadline in force. */
export function clockMoves(run: ClockRun, record: CaseRecord, reach: Reach, asOf: number): ClockMove[] {
  const moves = dueMoves(run.cycle, run.calendar, asOf);
  const shown = moves.map((move) => described(move, run, record, reach));
  // Another version of the policy may change the target, the pauses and the calendar at once: it is one step of a person.
  const policies = shown.filter(({ kind }) => kind === 'policy').map(({ at }) => at);
  return shown
    .concat(otherPolicies(run, record, reach, asOf, moves, policies))
    .filter(({ kind, at }) => kind === 'policy' || kind === 'started' || !policies.includes(at) || kind === 'calendar')
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** Versions of the policy that came into force during the cycle without a new target. */
function otherPolicies(
  run: ClockRun,
  record: CaseRecord,
  reach: Reach,
  asOf: number,
  moves: readonly DueMove[],
  known: readonly string[],
): ClockMove[] {
  const end = run.stoppedBy?.effectiveAt ?? asOf;
  return record.log
    .filter(({ type, effectiveAt: at }) => type === 'policy_applied' && at > run.cycle.startedAt && at <= end)
    .filter(({ effectiveAt }) => !known.includes(iso(effectiveAt)))
    .map((event) => {
      const dueAt = moves.findLast(({ at }) => at <= event.effectiveAt)?.dueAt ?? null;
      return told({ at: event.effectiveAt, dueAt }, 'policy', event, record, reach);
    });
}

const KINDS: Record<Mover['type'], ClockMove['kind']> = {
  start: 'started',
  calendar: 'calendar',
  pause: 'paused',
  resume: 'resumed',
  retarget: 'retargeted',
  reopen: 'resumed',
  stop: 'stopped',
  end: 'ended',
};
const CAUSES: Partial<Record<Mover['type'], readonly EventType[]>> = {
  pause: ['suspended', 'returned', 'became_dormant', 'policy_applied'],
  resume: ['answered', 'resumed', 'process_confirmed', 'measure_adopted', 'policy_applied'],
  retarget: ['triaged', 'priority_changed', 'policy_applied'],
};

function described(move: DueMove, run: ClockRun, record: CaseRecord, reach: Reach): ClockMove {
  const { by, at } = move;
  const event = eventBehind(by, at, run, record.log);
  const kind = by.type === 'retarget' && event?.type === 'policy_applied' ? 'policy' : KINDS[by.type];
  return {
    ...told(move, kind, event, record, reach),
    ...(by.type === 'retarget' && { targetSeconds: by.targetMs / 1000 }),
    ...(by.type === 'start' && { targetSeconds: run.cycle.targetMs / 1000 }),
    ...((by.type === 'pause' || by.type === 'resume') && { pause: by.reason ?? null }),
    ...(by.type === 'calendar' && {
      calendar: calendarOf(by.calendar, isOtherCalendar(run.calendar, at, by.calendar)),
    }),
  };
}

const calendarOf = ({ id, version, timezone }: NonNullable<ClockMove['calendar']> | Calendar, isOther: boolean) => ({
  id,
  version,
  timezone,
  isOther,
});
type Calendar = { id: string; version: number; timezone: string };

function eventBehind(by: Mover, at: number, run: ClockRun, log: readonly LoggedEvent[]): LoggedEvent | null {
  if (by.type === 'start')
    return run.number > 1 ? (log.find((event) => isRestart(event, at)) ?? run.startedBy) : run.startedBy;
  if (by.type === 'stop' || by.type === 'end') return run.stoppedBy;
  const types = CAUSES[by.type] ?? [];
  return log.findLast(({ type, effectiveAt }) => effectiveAt <= at && types.includes(type)) ?? null;
}

const isRestart = ({ type, effectiveAt }: LoggedEvent, at: number): boolean =>
  type === 'reopened' && effectiveAt === at;

function told(
  { at, dueAt }: Pick<DueMove, 'at' | 'dueAt'>,
  kind: ClockMove['kind'],
  event: LoggedEvent | null,
  { person, words }: CaseRecord,
  reach: Reach,
): ClockMove {
  const open = event !== null && reach.maySee(event);
  const reason = event && 'reason' in event.body ? event.body.reason : null;
  return {
    at: iso(at),
    kind,
    version: event?.version ?? null,
    event: event?.type ?? null,
    actor: open && reach.mayName(event) ? person(event.actorId) : null,
    pause: null,
    reason: open && reach.mayRead(event, 'reason') ? words(reason) : null,
    targetSeconds: null,
    policyVersion: event?.type === 'policy_applied' ? event.body.version : null,
    calendar: null,
    dueAt: dueAt === null ? null : iso(dueAt),
  };
}
