import type { CaseStanding } from '#libs/contracts/case-workflow.js';
import type { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';

/** One way in which the two stores, or a store and itself, do not agree. */
export interface Drift {
  kind: 'no_workflow' | 'silent_workflow' | 'version_apart' | 'timer_apart' | 'broken_chain' | 'stuck_mail';
  /** Reference of the case, or id of the mail. */
  subject: string;
  /** Id of the case, or of the mail. */
  id: string;
  /** In words, for an operator; facts of the process only. */
  what: string;
  /** start · tick · release: mended on request; look: a person must look. */
  remedy: 'start' | 'tick' | 'release' | 'look';
}

/** What a workflow answered: where it stands, that it is not there, or nothing. */
export type Answer = CaseStanding | 'absent' | 'silent';

/** The timer is set from the workflow's own clock; this much apart (ms) is not drift. */
const TOLERANCE_MS = 1_000;

/** The differences between a case's row and its workflow; `offsetMs` is what the demo clock adds to real time. */
export function compare(row: AssistanceCase, answer: Answer, offsetMs: number): Drift[] {
  const found = (kind: Drift['kind'], remedy: Drift['remedy'], what: string): Drift => {
    return { kind, subject: row.reference, id: row.id, what, remedy };
  };
  if (answer === 'silent') return [found('silent_workflow', 'look', 'the workflow does not answer')];
  if (answer === 'absent' || answer.status !== 'open') return [found('no_workflow', 'start', 'no workflow runs')];
  const drift: Drift[] = [];
  if (answer.version !== row.version) {
    const what = `the workflow knows version ${answer.version}, the row is at ${row.version}`;
    drift.push(found('version_apart', 'tick', what));
  }
  const due = row.nextWakeAt ? row.nextWakeAt.getTime() - offsetMs : null;
  if (!isAt(answer.wakeAt, due) || ringsTooLate(answer))
    drift.push(found('timer_apart', 'tick', 'the timer is not the row’s next wake'));
  return drift;
}

function isAt(wakeAt: number | null, due: number | null): boolean {
  if (wakeAt === null || due === null) return wakeAt === due;
  return Math.abs(wakeAt - due) <= TOLERANCE_MS;
}

/** Earlier is no drift: a timer that was armed before a later wake rings once for nothing. */
const ringsTooLate = ({ armedAt, wakeAt }: CaseStanding): boolean =>
  armedAt !== null && wakeAt !== null && armedAt > wakeAt + TOLERANCE_MS;
