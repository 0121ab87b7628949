import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { noticesOf } from '#libs/domain/case/notices.js';
import type { Notice } from '#libs/domain/case/notices.js';
import { clocksOf } from '#libs/domain/case/policy-book.js';
import { LIFECYCLE } from '#libs/domain/case/lifecycle.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { classOf } from '#libs/domain/mail/class-of.js';
import type { MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { dropForPassedOn, dropForTimeAsked, revokeAnswerLinks } from './answer-mails.js';
import type { CaseFile } from './case-file.js';
import { dropOvertaken } from './overtaken.js';
import type { Projection } from './projection.js';
import { Recipients } from './recipients.js';
import type { Recipient } from './recipients.js';
import { dropAsked, dropForExcluded, dropForReached, dropReminders } from './waiting-mail.js';

export interface Posting {
  reference: string;
  /** The deployment's now: when an urgent mail goes. */
  now: Date;
  messageIdDomain: string;
}

/** Writes the mails that the added events call for into the ledger; one that is there already is not written again. */
export async function writeMail(
  manager: EntityManager,
  file: CaseFile,
  projection: Projection,
  posting: Posting,
): Promise<void> {
  await dropAsked(manager, file, projection);
  await dropForTimeAsked(manager, file, projection);
  await dropForPassedOn(manager, file);
  await revokeAnswerLinks(manager, file);
  await addRows(manager, file, projection, posting);
  // After that: what fell due while a step that ends its reason was waiting is not sent either.
  await dropReminders(manager, file, projection);
  await dropOvertaken(manager, file);
  await dropForExcluded(manager, file);
  await dropForReached(manager, file);
}

type Added = Pick<CaseFile, 'caseId' | 'history' | 'owed' | 'rules'>;

const wantedOf = ({ history, owed, rules }: Added) => [
  ...history.flatMap(({ event, state }) =>
    noticesOf(event, state, clocksOf(rules.policies, state.policyVersion)).map((notice) => ({ notice, event, state })),
  ),
  ...owed,
];

async function addRows(
  manager: EntityManager,
  file: CaseFile,
  projection: Projection,
  posting: Posting,
): Promise<void> {
  if (!wantedOf(file).length) return;
  const policy = await currentMailPolicy(manager);
  const recipients = await Recipients.of(manager, file.caseId, file.state, posting.now.getTime());
  const rows = owedMails(file, projection, { recipients, policy }, posting);
  if (rows.length) await manager.createQueryBuilder().insert().into(Mail).values(rows).orIgnore().execute();
}

/** The ledger rows that the added events call for. Nothing is written: a forecast asks it of what has not happened yet. */
export function owedMails(
  file: Added,
  projection: Projection,
  { recipients, policy }: { recipients: Recipients; policy: MailPolicy },
  posting: Posting,
) {
  return wantedOf(file).flatMap(({ notice, event, state }) =>
    recipients
      .of(notice, state)
      // Nobody is written to about what they just did themselves, save the State, which keeps a receipt.
      .filter(({ personId }) => notice.to === 'requester' || personId === null || personId !== event.actorId)
      .map((recipient) => {
        const sequence = notice.sequence ?? [...(notice.series ? [notice.series] : []), event.version].join(':');
        const parameters = parametersOf(notice, recipient, state, projection, recipients, posting.reference);
        return {
          ...mailRow(file.caseId, notice, recipient, sequence, parameters, posting),
          ...timing(classOf(notice, event.type), recipient, policy, posting.now),
          cause: notice.cause ?? event.type,
        };
      }),
  );
}

/** When it may go; the ledger keeps what it waits for until then, and what is not wanted at all. */
export function timing(mailClass: MailClass, { reader }: Recipient, policy: MailPolicy, now: Date) {
  const { at, heldFor } = sendTime(mailClass, reader, policy, now.getTime());
  if (mailClass === 'digest' && reader.rhythm === 'off')
    return { class: mailClass, sendAfter: now, state: 'suppressed' as const, response: CALLED_OFF.notWanted };
  return { class: mailClass, sendAfter: new Date(at), heldFor, state: 'due' as const };
}

/** A row of the ledger, before anybody has said when it goes. */
export function mailRow(
  caseId: string,
  { kind, delivery, to }: Notice,
  recipient: Recipient,
  sequence: string,
  parameters: MailParameters,
  { messageIdDomain }: Posting,
) {
  const id = uuidv7();
  return {
    id,
    caseId,
    kind,
    delivery,
    sequence,
    parameters,
    recipient: recipient.email,
    recipientName: recipient.name,
    language: recipient.language,
    party: to,
    personId: recipient.personId,
    organisationId: to === 'responder' ? recipient.organisationId : null,
    reader: recipient.reader,
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
    ...(clock && title && { clock: { ...clockOf(clock, title), ...(to !== 'responder' && placeAmong(runs, clock)) } }),
    ...(dueAt && { dueAt }),
    ...(level && { level: `L${level}` }),
    ...(insteadOf && { insteadOf }),
  };
}

const clockOf = ({ name, subject }: Clock, title: string) => ({ name, title, ...(subject && { subject }) });

/** Several mails about clocks of one name would else read as one mail sent several times. */
function placeAmong(runs: Projection['runs'], { name, subject }: Clock) {
  const subjects = [...new Set(runs.filter(({ policy }) => policy.name === name).map((run) => run.subject))];
  return subjects.length > 1 ? { place: { number: subjects.indexOf(subject) + 1, of: subjects.length } } : {};
}

type Clock = NonNullable<Notice['clock']>;
