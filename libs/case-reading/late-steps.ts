import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { EventType, LoggedEvent } from '#libs/domain/case/events.js';
import { readClock } from '#libs/domain/clock/clock.js';
import type { CaseRecord } from './case-record.js';
import { nameOfSubject, namesSubject } from './clock-views.js';
import type { Reach } from './reach.js';

/** An event of the case as a page names it. */
export interface Deed {
  version: number;
  type: EventType;
  at: string;
  recordedAt: string;
  actor: { id: string; name: string } | null;
}

/** A breach as the ledger has it, and what followed it. Nothing of it is ever taken away. */
export interface LateStep {
  clock: string;
  title: string;
  subject: string;
  subjectName: string | null;
  cycle: number;
  /** Which target of the cycle was missed; 1 is its first. */
  epoch: number;
  cause: 'deadline' | 'retarget';
  dueAt: string | null;
  /** From when it counts as late, and when that was written down. */
  breachedAt: string;
  recordedAt: string;
  /** Seconds between the two. */
  lagSeconds: number;
  status: 'standing' | 'excused' | 'rescinded';
  /** How late in the end, or so far: open time, and by the clock on the wall. */
  late: { openSeconds: number; wallSeconds: number; stoppedAt: string | null };
  excused: { by: Deed; reason: string | null } | null;
  /** The proof that arrived late: what stopped the clock in time. */
  rescinded: { at: string; proof: Deed | null } | null;
}

type Breach = LoggedEvent & { type: 'clock_breached' };

/** Every breach of these cycles, oldest first, with its excuse or its rescission. `asOf`: epoch ms. */
export function lateSteps(runs: readonly ClockRun[], record: CaseRecord, reach: Reach, asOf: number): LateStep[] {
  return record.log
    .filter((event): event is Breach => event.type === 'clock_breached')
    .flatMap((breach) => {
      const run = runs.find((one) => isOf(breach, one));
      return run ? [lateStep(breach, run, record, reach, asOf)] : [];
    });
}

const isOf = ({ body }: LoggedEvent, { policy, subject, number }: ClockRun): boolean =>
  'clock' in body && body.clock === policy.name && body.subject === subject && body.cycle === number;

const iso = (at: number): string => new Date(at).toISOString();

function lateStep(breach: Breach, run: ClockRun, record: CaseRecord, reach: Reach, asOf: number): LateStep {
  const { body, effectiveAt, recordedAt } = breach;
  const later = record.log.filter((event) => event.version > breach.version && isOf(event, run));
  const excuse = later.find((event) => event.type === 'breach_excused');
  const rescission = later.find((event) => event.type === 'breach_rescinded');
  const { overrunOpenMs, overrunWallMs, stoppedAt } = readClock(run.cycle, run.calendar, asOf);
  const deed = (event: LoggedEvent): Deed => ({
    version: event.version,
    type: event.type,
    at: iso(event.effectiveAt),
    recordedAt: iso(event.recordedAt),
    actor: reach.maySee(event) && reach.mayName(event) ? record.person(event.actorId) : null,
  });
  return {
    clock: body.clock,
    title: run.policy.title,
    ...(namesSubject(run, reach.groups)
      ? { subject: body.subject, subjectName: nameOfSubject(run, record) ?? null }
      : { subject: '', subjectName: null }),
    cycle: body.cycle,
    epoch: body.epoch ?? 1,
    cause: body.cause,
    dueAt: body.dueAt,
    breachedAt: iso(effectiveAt),
    recordedAt: iso(recordedAt),
    lagSeconds: (recordedAt - effectiveAt) / 1000,
    status: rescission ? 'rescinded' : excuse ? 'excused' : 'standing',
    late: {
      openSeconds: (overrunOpenMs ?? 0) / 1000,
      wallSeconds: (overrunWallMs ?? 0) / 1000,
      stoppedAt: stoppedAt === null ? null : iso(stoppedAt),
    },
    excused: excuse
      ? {
          by: deed(excuse),
          reason: reach.maySee(excuse) && reach.mayRead(excuse, 'reason') ? record.words(excuse.body.reason) : null,
        }
      : null,
    rescinded: rescission
      ? { at: iso(rescission.recordedAt), proof: run.stoppedBy ? deed(run.stoppedBy) : null }
      : null,
  };
}
