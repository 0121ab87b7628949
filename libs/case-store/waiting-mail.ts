import type { EntityManager } from 'typeorm';
import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { heardOf, leftRungs } from '#libs/domain/case/contact-ladder.js';
import { ofSide } from '#libs/domain/case/notices.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { CalledOff } from '#libs/domain/mail/called-off.js';
import { callOff, UNBEGUN, UNSENT } from './call-off.js';
import type { CaseFile } from './case-file.js';
import type { Projection } from './projection.js';

/** Mails that ask for what their clock runs for, and for nothing else. */
const ASKING: readonly MailKind[] = [
  'hand_over_offered',
  'questions',
  'consent_request',
  'invitation',
  'question_answered',
  'offer',
];

/** What still waits and asks for something is not sent when its clock has stopped meanwhile. */
export async function dropAsked(manager: EntityManager, file: CaseFile, projection: Projection): Promise<void> {
  const stopped = stoppedRuns(file, projection);
  if (!stopped.length) return;
  await callOff(manager, {
    why: CALLED_OFF.stopped,
    states: UNBEGUN,
    where: `case_id = $3 AND class <> 'urgent' AND kind = ANY ($4)
      AND ARRAY[parameters #>> '{clock,name}', COALESCE(parameters #>> '{clock,subject}', '')]
        IN (SELECT ARRAY[name, subject] FROM unnest($5::text[], $6::text[]) AS clock (name, subject))`,
    values: [file.caseId, ASKING, stopped.map(({ policy }) => policy.name), stopped.map(({ subject }) => subject)],
  });
}

/**
 * Reminders and warnings of a clock that has stopped or rests are not sent any more, whatever they still wait for: hours, a
 * digest, another attempt, or a mailer that has them in hand. What is owed at least once goes on while its clock rests, and
 * is dropped with it while it still waits.
 */
export async function dropReminders(manager: EntityManager, file: CaseFile, projection: Projection): Promise<void> {
  const stopped = stoppedRuns(file, projection).map(cycleOf);
  const resting = restingRuns(projection).map(cycleOf);
  const of = `case_id = $3 AND EXISTS (SELECT FROM unnest($4::text[]) cycle WHERE starts_with(sequence, cycle))`;
  const reminders = `${of} AND delivery = 'reminder'`;
  const all = `${of} AND (delivery = 'reminder' OR (class <> 'urgent' AND state <> 'sending'))`;
  const off = (why: CalledOff, where: string, cycles: string[]) =>
    cycles.length ? callOff(manager, { why, states: UNSENT, where, values: [file.caseId, cycles] }) : undefined;
  await off(CALLED_OFF.stopped, all, stopped);
  await off(CALLED_OFF.rests, reminders, resting);
}

/**
 * Which waiting mails the added events call off, as the two functions above say it to the database: for a forecast, which
 * writes nothing.
 */
export function calledOff(file: Pick<CaseFile, 'history'>, projection: Projection): (row: WaitingMail) => boolean {
  const over = stoppedRuns(file, projection);
  const [stopped, resting] = [over.map(cycleOf), restingRuns(projection).map(cycleOf)];
  const clocks = over.map(({ policy, subject }) => `${policy.name}:${subject}`);
  const of = (begins: readonly string[], { sequence }: WaitingMail) =>
    begins.some((cycle) => sequence.startsWith(cycle));
  return (row) => {
    if (row.delivery === 'reminder') return of([...stopped, ...resting], row);
    const { clock } = row.parameters as Partial<MailParameters>;
    const asks = ASKING.includes(row.kind as MailKind) && clocks.includes(`${clock?.name}:${clock?.subject ?? ''}`);
    return row.class !== 'urgent' && (asks || of(stopped, row));
  };
}

/** Enough of a mail to say whether it is called off. */
export type WaitingMail = Pick<Mail, 'kind' | 'sequence' | 'class' | 'delivery' | 'parameters' | 'party'>;

type Run = Projection['runs'][number];

/** Those that the added events have stopped. */
function stoppedRuns({ history }: Pick<CaseFile, 'history'>, { runs, clocks }: Projection): Run[] {
  const since = Math.min(...history.map(({ event }) => event.effectiveAt));
  return runs.filter((run, index) => run.over && Number(clocks[index]?.stoppedAt) >= since);
}

const restingRuns = ({ runs, clocks }: Projection): Run[] =>
  runs.filter((run, index) => !run.over && clocks[index]?.state === 'paused');

/** How the sequences begin of mails about one run of a clock. */
const cycleOf = ({ policy, subject, number }: Run): string => `${policy.name}:${subject}:${number}:`;

/** A party that the State excludes is told nothing from then on, not even what was on its way. */
export async function dropForExcluded(manager: EntityManager, { caseId, history }: CaseFile): Promise<void> {
  const excluded = history.flatMap(({ event }) => (event.type === 'party_excluded' ? [event.body.organisationId] : []));
  if (!excluded.length) return;
  await callOff(manager, {
    why: CALLED_OFF.excluded,
    states: UNSENT,
    where: `case_id = $3 AND recipient IN (SELECT email FROM person WHERE organisation_id = ANY ($4))`,
    values: [caseId, excluded],
  });
}

/** Once a side has been heard of, nobody else has to be written to in its place, nor to call it. */
export async function dropForReached(manager: EntityManager, { caseId, history, state }: CaseFile): Promise<void> {
  const reached = history
    .flatMap(({ event, state: after }) => heardOf(event, after))
    .filter((side) => !leftRungs(state, side).length)
    .map((side) => ofSide(side).join(':'));
  if (!reached.length) return;
  await callOff(manager, {
    why: CALLED_OFF.reached,
    states: UNBEGUN,
    where: `case_id = $3 AND kind IN ('contact_tried', 'call_due')
      AND EXISTS (SELECT FROM unnest($4::text[]) side WHERE position(side || ':' IN sequence) > 0)`,
    values: [caseId, reached],
  });
}
