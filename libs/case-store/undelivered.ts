import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { currentRung, leaveRung, leftRungs, rungsOf, sideOf, STATE_SIDE } from '#libs/domain/case/contact-ladder.js';
import type { LeftBecause, Side } from '#libs/domain/case/contact-ladder.js';
import { clockRuns } from '#libs/domain/case/clock-runs.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { Notice } from '#libs/domain/case/notices.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import type { CaseFile } from './case-file.js';
import { Recipients } from './recipients.js';
import { readFailed } from './undelivered-mail.js';
import type { FailedMail } from './undelivered-mail.js';

/**
 * What follows from the mails of a case that did not reach anybody, and were not followed up before: their side leaves the
 * contact, the same mail is owed to the next one, and the owner is told. In the transaction that marks them.
 */
export async function followUp(manager: EntityManager, file: CaseFile, now: number): Promise<void> {
  const failed = await readFailed(manager, file.caseId);
  if (!failed.length) return;
  const recipients = await Recipients.of(manager, file.caseId, file.state, now);
  const runs = clockRuns(file.log, file.rules);
  const forSides = failed.flatMap((mail) => {
    const side = sideOfMail(mail.row);
    return side ? [{ ...mail, side, now }] : [];
  });
  for (const mail of forSides) await leaveContact(manager, file, recipients, mail);
  for (const { row, side } of forSides) oweAgain(file, row, side, runs);
  for (const { row } of firstOfEach(failed)) tellOwner(file, row);
  await manager.update(Mail, { id: In(failed.map(({ row }) => row.id)) }, { followedUpAt: new Date() });
  // Who is silent, and when, is another question now: the workflow of the case has to look again.
  if (file.added.length)
    await manager.update(AssistanceCase, { id: file.caseId, rulesChangedAt: IsNull() }, { rulesChangedAt: new Date() });
  crashPoint('follow_up.before_commit');
}

/** Rungs on which there is nobody are left at once, so that no side is thought to be written to that is not. */
export async function leaveEmptyRungs(manager: EntityManager, file: CaseFile, now: number): Promise<void> {
  if (movedSides(file).size) leaveEmpty(file, await Recipients.of(manager, file.caseId, file.state, now), now);
}

/** What a case that grows has of a case: one that is stored, or one that is foreseen. */
type Growing = Pick<CaseFile, 'state' | 'history' | 'append'>;

/** The same with those who are known. Nothing is written. @param now epoch ms */
export function leaveEmpty(file: Growing, recipients: Recipients, now: number): void {
  for (const side of movedSides(file)) leaveWhileEmpty(file, recipients, side, now);
}

const movedSides = ({ history }: Pick<CaseFile, 'history'>): Set<Side> =>
  new Set(history.flatMap(({ event }) => (event.type === 'contact_unreachable' ? [sideOf(event.body)] : [])));

function leaveWhileEmpty(file: Growing, recipients: Recipients, side: Side, now: number): void {
  while (isEmpty(file, recipients, side)) leave(file, side, 'nobody', now);
}

/** Whether nobody is on the rung who has not been tried on an earlier one. */
function isEmpty({ state }: Growing, recipients: Recipients, side: Side): boolean {
  const rung = currentRung(state, side);
  if (rung === null) return false;
  const addresses = (one: typeof rung) => recipients.onRung(side, one, state).map(({ email }) => email);
  const tried = leftRungs(state, side).flatMap((left) => addresses(left.rung));
  return addresses(rung).every((email) => tried.includes(email));
}

const leave = (file: Growing, side: Side, because: LeftBecause, now: number): void =>
  file.append(leaveRung(file.state, side, because), { effectiveAt: now, recordedAt: now, actorId: null });

/** The side of the case that a mail was for; null for those who work on it. */
function sideOfMail({ party, organisationId }: Mail): Side | null {
  if (party === 'requester') return STATE_SIDE;
  return party === 'responder' ? organisationId : null;
}

interface FailedForSide extends FailedMail {
  side: Side;
  now: number;
}

/**
 * The side leaves its contact where that is whom the mail went to and the address is to blame. An organisation is reached
 * as long as the mail has not failed for everybody there.
 */
async function leaveContact(
  manager: EntityManager,
  file: CaseFile,
  recipients: Recipients,
  { row, because, side, now }: FailedForSide,
): Promise<void> {
  const rung = currentRung(file.state, side);
  if (because === null || rung === null) return;
  const onRung = recipients.onRung(side, rung, file.state).map(({ email }) => email);
  if (!onRung.includes(row.recipient)) return;
  const others = onRung.filter((email) => email !== row.recipient);
  if (await reachesAnyOf(manager, row, others)) return;
  leave(file, side, because, now);
  leaveWhileEmpty(file, recipients, side, now);
}

/** Whether the same mail has reached, or may still reach, one of these addresses. */
async function reachesAnyOf(
  manager: EntityManager,
  { caseId, kind, sequence }: Mail,
  addresses: readonly string[],
): Promise<boolean> {
  if (!addresses.length) return false;
  const others = await manager.findBy(Mail, { caseId: caseId ?? '', kind, sequence, recipient: In([...addresses]) });
  return others.some(({ state }) => !['failed', 'bounced', 'suppressed'].includes(state));
}

/**
 * The same mail to whoever is written to now; one that is in the ledger is not written again. Nothing more about a clock
 * that has stopped, and nothing once nobody is left: everybody has had it then.
 */
function oweAgain(file: CaseFile, row: Mail, side: Side, runs: readonly ClockRun[]): void {
  const rung = currentRung(file.state, side);
  // Why they are written to is told to each contact anew.
  if (rung === null || rung === rungsOf(side)[0] || row.kind === 'contact_tried') return;
  const clock = clockOf(row, runs);
  if (clock === 'over') return;
  file.owe({
    kind: row.kind as MailKind,
    to: row.party ?? 'requester',
    delivery: row.delivery,
    sequence: row.sequence,
    cause: row.cause,
    rung,
    ...(row.organisationId && { organisationId: row.organisationId }),
    ...(clock && { clock }),
  });
}

/** The clock that a mail speaks of; `over` when it waits for nothing any more. */
function clockOf({ parameters }: Mail, runs: readonly ClockRun[]): Notice['clock'] | 'over' {
  const { clock } = parameters as MailParameters;
  if (!clock) return undefined;
  const open = runs.findLast(({ policy, over }) => policy.name === clock.name && !over);
  return open ? { name: clock.name, subject: open.subject } : 'over';
}

/** One word for each address, however many mails it has refused. */
const firstOfEach = (failed: readonly FailedMail[]): FailedMail[] =>
  failed.filter(({ row }, index) => failed.findIndex((one) => one.row.recipient === row.recipient) === index);

/** Who cannot be told that their own mail fails has the lead told instead; there it ends. */
function tellOwner(file: CaseFile, { id, kind, party }: Mail): void {
  const isOwners = party === 'L0';
  if (kind === 'not_delivered' && !isOwners) return;
  const to = isOwners ? 'L1' : 'L0';
  file.owe({
    kind: 'not_delivered',
    to,
    delivery: 'notice',
    sequence: `undelivered:${id}`,
    cause: 'contact_unreachable',
  });
}
