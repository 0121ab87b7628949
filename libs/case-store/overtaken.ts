import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { noticesOf } from '#libs/domain/case/notices.js';
import type { Notice } from '#libs/domain/case/notices.js';
import { clocksOf } from '#libs/domain/case/policy-book.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { callOff, UNBEGUN } from './call-off.js';
import type { CaseFile } from './case-file.js';

type Waiting = Pick<Mail, 'kind' | 'sequence' | 'party'>;
type Told = Pick<CaseFile, 'history' | 'rules'>;
type OfStep = Notice & { sequence: string };

/** What tells that a step is late. */
const BREACHES: readonly string[] = ['breach', 'hand_over_unanswered'];

/**
 * Whether what the added events tell takes the place of a mail that still waits: of each reader only the last reminder
 * about a step is sent, and nothing is "soon due" that is late. Over a weekend or a quiet period several gather. Null: they
 * tell nothing of the kind.
 */
export function overtaken({ history, rules }: Told): ((row: Waiting) => boolean) | null {
  const told = history.flatMap(({ event, state }) =>
    noticesOf(event, state, clocksOf(rules.policies, state.policyVersion)).filter(isOfStep),
  );
  if (!told.length) return null;
  return (row) => {
    const own = told.findLastIndex((one) => one.sequence === row.sequence && one.kind === row.kind);
    return told.slice(own + 1).some((one) => one.sequence !== row.sequence && takesPlaceOf(one, row));
  };
}

/** Calls them off in the ledger. */
export async function dropOvertaken(manager: EntityManager, file: Told & Pick<CaseFile, 'caseId'>): Promise<void> {
  const isOvertaken = overtaken(file);
  if (!isOvertaken) return;
  const waiting = await manager.find(Mail, {
    select: { id: true, kind: true, sequence: true, party: true },
    where: { caseId: file.caseId, delivery: 'reminder', state: In([...UNBEGUN, 'gathered']) },
  });
  const ids = waiting.filter(isOvertaken).map(({ id }) => id);
  if (!ids.length) return;
  await callOff(manager, { why: CALLED_OFF.overtaken, states: UNBEGUN, where: 'id = ANY ($3)', values: [ids] });
}

const isOfStep = (notice: Notice): notice is OfStep =>
  notice.sequence !== undefined && ['warning', 'reminder', ...BREACHES].includes(notice.kind);

/** A step's mails begin alike for one cycle of the clock: `clock:subject:cycle:`. */
const cycleOf = (sequence: string): string => sequence.split(':').slice(0, 3).join(':');

function takesPlaceOf({ kind, to, sequence }: OfStep, row: Waiting): boolean {
  if (cycleOf(sequence) !== cycleOf(row.sequence)) return false;
  if (row.kind === 'warning') return kind === 'warning' ? to === row.party : BREACHES.includes(kind);
  return row.kind === 'reminder' && kind === 'reminder' && to === row.party;
}
