import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { noticesOf } from '#libs/domain/case/notices.js';
import type { Notice } from '#libs/domain/case/notices.js';
import { clocksOf } from '#libs/domain/case/policy-book.js';
import type { NewEvent } from '#libs/domain/case/events.js';
import { deliveryHours } from '#libs/domain/calendar/delivery-hours.js';
import { nextOpening } from '#libs/domain/calendar/open-time.js';
import { LIFECYCLE } from '#libs/domain/case/lifecycle.js';
import type { CaseState } from '#libs/domain/case/state.js';
import type { CaseFile } from './case-file.js';
import type { Projection } from './projection.js';
import { Recipients } from './recipients.js';
import type { Recipient } from './recipients.js';

interface Posting {
  reference: string;
  /** At once; what can wait is sent when its recipient is at work. */
  sendAfter: Date;
  messageIdDomain: string;
}

/** Writes the mails that the added events call for into the ledger; one that is there already is not written again. */
export async function writeMail(
  manager: EntityManager,
  file: CaseFile,
  projection: Projection,
  posting: Posting,
): Promise<void> {
  await dropReminders(manager, file, projection, posting.sendAfter);
  await dropForExcluded(manager, file);
  const wanted = file.history.flatMap(({ event, state }) =>
    noticesOf(event, state, clocksOf(file.rules.policies, state.policyVersion)).map((notice) => ({
      notice,
      event,
      state,
    })),
  );
  if (!wanted.length) return;
  const recipients = await Recipients.of(manager, file.caseId, file.state, posting.sendAfter.getTime());
  const rows = wanted.flatMap(({ notice, event, state }) =>
    recipients
      .of(notice, state)
      // Nobody is written to about what they just did themselves, save the State, which keeps a receipt.
      .filter(({ personId }) => notice.to === 'requester' || personId === null || personId !== event.actorId)
      .map((recipient) => {
        const sequence = notice.sequence ?? String(event.version);
        const parameters = parametersOf(notice, recipient, state, projection, recipients, posting.reference);
        const sendAfter = canWait(notice, event) ? opening(recipient, posting.sendAfter) : posting.sendAfter;
        return {
          ...mailRow(file.caseId, notice, recipient, sequence, parameters, { ...posting, sendAfter }),
          cause: event.type,
        };
      }),
  );
  if (rows.length) await manager.createQueryBuilder().insert().into(Mail).values(rows).orIgnore().execute();
}

/** Answers to what was just done, breaches and escalations from level 2 on are urgent (sla.md 2.7). */
const canWait = ({ delivery, level }: Notice, { type }: NewEvent): boolean =>
  delivery === 'reminder' || (type === 'clock_escalated' && (level ?? 1) < 2);

const opening = ({ reader }: Recipient, at: Date): Date => new Date(nextOpening(deliveryHours(reader), at.getTime()));

/** What still waits for its recipient's working hours is not sent when its clock has stopped meanwhile. */
async function dropReminders(
  manager: EntityManager,
  { caseId, history }: CaseFile,
  { runs, clocks }: Projection,
  now: Date,
): Promise<void> {
  const since = Math.min(...history.map(({ event }) => event.effectiveAt));
  const stopped = runs
    .filter((run, index) => run.over && Number(clocks[index]?.stoppedAt) >= since)
    .map(({ policy, subject, number }) => `${policy.name}:${subject}:${number}:`);
  if (!stopped.length) return;
  await manager.query(
    `UPDATE mail SET state = 'suppressed', response = 'the clock stopped before the recipient was at work'
     WHERE case_id = $1 AND state = 'due' AND attempts = 0 AND send_after > $2
       AND EXISTS (SELECT FROM unnest($3::text[]) cycle WHERE starts_with(sequence, cycle))`,
    [caseId, now, stopped],
  );
}

/** A party that the State excludes is told nothing from then on, not even what was on its way. */
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

function mailRow(
  caseId: string,
  { kind, delivery, to }: Notice,
  recipient: Recipient,
  sequence: string,
  parameters: MailParameters,
  { sendAfter, messageIdDomain }: Posting,
) {
  const id = uuidv7();
  return {
    id,
    caseId,
    kind,
    delivery,
    sequence,
    parameters,
    sendAfter,
    recipient: recipient.email,
    recipientName: recipient.name,
    language: recipient.language,
    party: to,
    personId: recipient.personId,
    organisationId: to === 'responder' ? recipient.organisationId : null,
    reader: recipient.reader,
    state: 'due' as const,
    attempts: 0,
    messageId: `<${id}@${messageIdDomain}>`,
  };
}

function parametersOf(
  { to, clock, level }: Notice,
  { timezone, insteadOf }: Recipient,
  state: CaseState,
  { runs, clocks }: Projection,
  { requestingState }: Recipients,
  reference: string,
): MailParameters {
  const index = clock
    ? runs.findLastIndex((run) => run.policy.name === clock.name && run.subject === clock.subject)
    : -1;
  const dueAt = clocks[index]?.dueAt?.toISOString();
  const title = runs[index]?.policy.title;
  return {
    reference,
    stage: LIFECYCLE[state.stage].title,
    timezone,
    path: `/cases/${reference}`,
    // A responder learns the State's name on the page, after signing in.
    ...(to !== 'responder' && requestingState && { state: requestingState.name }),
    ...(clock && title && { clock: { name: clock.name, title } }),
    ...(dueAt && { dueAt }),
    ...(level && { level: `L${level}` }),
    ...(insteadOf && { insteadOf }),
  };
}
