import type { EntityManager } from 'typeorm';
import type { MailKind } from '#libs/contracts/mail.js';
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

/** What still waits, for whatever reason, and asks for something is not sent when its clock has stopped meanwhile. */
export async function dropStopped(
  manager: EntityManager,
  { caseId, history }: CaseFile,
  { runs, clocks }: Projection,
): Promise<void> {
  const since = Math.min(...history.map(({ event }) => event.effectiveAt));
  const stopped = runs.filter((run, index) => run.over && Number(clocks[index]?.stoppedAt) >= since);
  if (!stopped.length) return;
  await manager.query(
    `UPDATE mail SET state = 'suppressed', held_for = NULL, response = 'the clock stopped before it was sent'
     WHERE case_id = $1 AND state IN ('due', 'claimed') AND attempts = 0 AND class <> 'urgent' AND (
       EXISTS (SELECT FROM unnest($2::text[]) cycle WHERE starts_with(sequence, cycle))
       OR kind = ANY ($3) AND ARRAY[parameters #>> '{clock,name}', COALESCE(parameters #>> '{clock,subject}', '')]
         IN (SELECT ARRAY[name, subject] FROM unnest($4::text[], $5::text[]) AS clock (name, subject)))`,
    [
      caseId,
      stopped.map(({ policy, subject, number }) => `${policy.name}:${subject}:${number}:`),
      ASKING,
      stopped.map(({ policy }) => policy.name),
      stopped.map(({ subject }) => subject),
    ],
  );
}

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
