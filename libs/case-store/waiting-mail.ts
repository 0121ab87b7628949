import type { EntityManager } from 'typeorm';
import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { heardOf, leftRungs } from '#libs/domain/case/contact-ladder.js';
import { ofSide } from '#libs/domain/case/notices.js';
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
  await manager.query(
    `UPDATE mail SET state = 'suppressed', held_for = NULL, response = '${STOPPED}'
     WHERE case_id = $1 AND state IN ('due', 'claimed') AND class <> 'urgent' AND kind = ANY ($2)
       AND ARRAY[parameters #>> '{clock,name}', COALESCE(parameters #>> '{clock,subject}', '')]
         IN (SELECT ARRAY[name, subject] FROM unnest($3::text[], $4::text[]) AS clock (name, subject))`,
    [file.caseId, ASKING, stopped.map(({ policy }) => policy.name), stopped.map(({ subject }) => subject)],
  );
}

/**
 * Reminders and warnings of a clock that has stopped or rests are not sent any more, whatever they still wait for: hours, a
 * digest, another attempt, or a mailer that has them in hand. What is owed at least once goes on while its clock rests, and
 * is dropped with it while it still waits.
 */
export async function dropReminders(manager: EntityManager, file: CaseFile, projection: Projection): Promise<void> {
  const stopped = stoppedRuns(file, projection).map(cycleOf);
  const resting = restingRuns(projection).map(cycleOf);
  if (!stopped.length && !resting.length) return;
  const of = (cycles: string) =>
    `EXISTS (SELECT FROM unnest(${cycles}::text[]) cycle WHERE starts_with(sequence, cycle))`;
  await manager.query(
    `UPDATE mail SET state = 'suppressed', held_for = NULL,
       response = CASE WHEN ${of('$2')} THEN '${STOPPED}' ELSE 'the clock rests' END
     WHERE case_id = $1 AND CASE delivery
       WHEN 'reminder' THEN state IN ('due', 'claimed', 'sending') AND (${of('$2')} OR ${of('$3')})
       ELSE state IN ('due', 'claimed') AND class <> 'urgent' AND ${of('$2')} END`,
    [file.caseId, stopped, resting],
  );
}

const STOPPED = 'the clock stopped before it was sent';

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
  await manager.query(
    `UPDATE mail SET state = 'suppressed', response = 'the State has excluded this party'
     WHERE case_id = $1 AND state IN ('due', 'claimed', 'sending')
       AND recipient IN (SELECT email FROM person WHERE organisation_id = ANY ($2))`,
    [caseId, excluded],
  );
}

/** Once a side has been heard of, nobody else has to be written to in its place, nor to call it. */
export async function dropForReached(manager: EntityManager, { caseId, history, state }: CaseFile): Promise<void> {
  const reached = history
    .flatMap(({ event, state: after }) => heardOf(event, after))
    .filter((side) => !leftRungs(state, side).length)
    .map((side) => ofSide(side).join(':'));
  if (!reached.length) return;
  await manager.query(
    `UPDATE mail SET state = 'suppressed', response = 'the side has been heard of'
     WHERE case_id = $1 AND kind IN ('contact_tried', 'call_due') AND state IN ('due', 'claimed')
       AND EXISTS (SELECT FROM unnest($2::text[]) side WHERE position(side || ':' IN sequence) > 0)`,
    [caseId, reached],
  );
}
