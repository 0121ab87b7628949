import { HAND_OVER } from '#libs/domain/case/clocks/intake.js';
import { readClock } from '#libs/domain/clock/clock.js';
import type { CaseRecord } from './case-record.js';

/** A hand-over that waits for its receiver's answer. Instants are ISO 8601. */
export interface HandOverView {
  to: { id: string; name: string };
  from: { id: string; name: string };
  reason: string;
  note: string | null;
  offeredAt: string;
  /** Until when the receiver may answer in time; null while the case rests. */
  answerDueAt: string | null;
}

/** The standing hand-over of a case, as of `at` (epoch ms); null when none stands. */
export function handOverView(record: CaseRecord, at: number): HandOverView | null {
  const { log, state, words, person } = record;
  const offered = log.findLast((event) => event.type === 'hand_over_offered');
  const [to, from] = [person(state.handOver?.to ?? null), person(state.handOver?.from ?? null)];
  if (!offered || !to || !from) return null;
  const run = record.runs().findLast(({ policy, over }) => policy.name === HAND_OVER && !over);
  const dueAt = run ? readClock(run.cycle, run.calendar, at).dueAt : null;
  return {
    to,
    from,
    reason: words(offered.body.reason) ?? '',
    note: words(offered.body.note),
    offeredAt: new Date(offered.effectiveAt).toISOString(),
    answerDueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
  };
}
