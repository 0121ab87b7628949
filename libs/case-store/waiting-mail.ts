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
export async function dropAsked(manager: EntityManager, file: CaseFile, { runs, clocks }: Projection): Promise<void> {
  const since = beginningOf(file);
  const stopped = runs.filter((run, index) => run.over && Number(clocks[index]?.stoppedAt) >= since);
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
  const stopped = stoppedCycles(file, projection);
  const resting = restingCycles(projection);
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
  const [stopped, resting] = [stoppedCycles(file, projection), restingCycles(projection)];
  const since = beginningOf(file);
  const clocks = projection.runs
    .filter((run, index) => run.over && Number(projection.clocks[index]?.stoppedAt) >= since)
    .map(({ policy, subject }) => `${policy.name}:${subject}`);
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
export type WaitingMail = Pick<Mail, 'kind' | 'sequence' | 'class' | 'delivery' | 'parameters'>;

const restingCycles = (projection: Projection): string[] =>
  cycles(projection, (run, clock) => !run.over && clock?.state === 'paused');

/** How the sequences begin of mails about clocks that the added events have stopped. */
function stoppedCycles(file: Pick<CaseFile, 'history'>, projection: Projection): string[] {
  const since = beginningOf(file);
  return cycles(projection, (run, clock) => run.over && Number(clock?.stoppedAt) >= since);
}

const cycles = (
  { runs, clocks }: Projection,
  stand: (run: Projection['runs'][number], clock: Projection['clocks'][number] | undefined) => boolean,
): string[] =>
  runs
    .filter((run, index) => stand(run, clocks[index]))
    .map(({ policy, subject, number }) => `${policy.name}:${subject}:${number}:`);

/** When the first of the steps that are being recorded took effect. */
const beginningOf = ({ history }: Pick<CaseFile, 'history'>): number =>
  Math.min(...history.map(({ event }) => event.effectiveAt));

export /** A party that the State excludes is told nothing from then on, not even what was on its way. */
async function dropForExcluded(manager: EntityManager, { caseId, history }: CaseFile): Promise<void> {
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
