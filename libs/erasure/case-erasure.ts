import type { DataSource, EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { callOff } from '#libs/case-store/call-off.js';
import { NotEnded } from '#libs/case-store/case-store.js';
import type { CaseStore } from '#libs/case-store/case-store.js';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { CaseGuest } from '#libs/database/entities/case-guest.entity.js';
import { CaseText } from '#libs/database/entities/case-text.entity.js';
import { FollowCode } from '#libs/database/entities/follow-code.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';
import type { LoggedEvent, Text } from '#libs/domain/case/events.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { ErasureClass } from '#libs/domain/retention/retention-policy.js';
import { ERASED_PERSON } from './person-erasure.js';

/** Fields of the request that say who people are. */
const CONTACTS = ['focalPoint', 'alternateContact', 'missionContact', 'declaration'];

/** Mails that nothing can happen to any more. */
const SETTLED = `state IN ('sent', 'failed', 'unknown', 'suppressed')`;

/**
 * Erases what is held on people in a case, or what people wrote in it. The log stays as it is, and says what was erased
 * by which rule; its hashes hold, because the words never stood in it. Salts go too: what is left tells nothing.
 */
export class CaseErasure {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: Pick<CaseStore, 'noteErasure'>,
  ) {}

  /**
   * Erases one class of data of a case that has ended; false when that had been done before.
   * @param rule by which: `retention/1`, `request`
   * @param realNow epoch ms, without the demo offset
   * @throws NotEnded
   */
  erase(caseId: string, what: ErasureClass, rule: string, realNow = Date.now()): Promise<boolean> {
    return this.store.noteErasure(caseId, { what, rule }, realNow, async (manager, log) => {
      await eraseContacts(manager, caseId, log);
      if (what === 'content') await eraseContent(manager, caseId, log);
    });
  }

  /** Mail on no case that came in before an instant (epoch ms); how many went. */
  async eraseStrayMail(before: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'DELETE FROM inbound_mail WHERE case_id IS NULL AND received_at < $1',
      [new Date(before)],
    );
    return count;
  }

  /** Drafts of requests that nobody has touched since an instant (epoch ms); how many went. */
  async eraseDrafts(untouchedSince: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'DELETE FROM request_draft WHERE updated_at < $1',
      [new Date(untouchedSince)],
    );
    return count;
  }

  /** Contacts and conditions of standing offers that ended before an instant (epoch ms); how many were emptied. */
  async eraseOfferContacts(endedBefore: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `UPDATE standing_offer SET contact_name = '', contact_email = '', conditions = ''
       WHERE least(valid_until::timestamptz, withdrawn_at) < $1 AND contact_email <> ''`,
      [new Date(endedBefore)],
    );
    return count;
  }
}

async function eraseContacts(manager: EntityManager, caseId: string, log: readonly LoggedEvent[]): Promise<void> {
  await settleMail(manager, caseId);
  await eraseGuests(manager, caseId);
  await manager.delete(AnswerToken, { caseId });
  await manager.query(`UPDATE case_request SET form = form - $2::text[], salt = '' WHERE case_id = $1`, [
    caseId,
    CONTACTS,
  ]);
  // Unsalted hashes of what people sent: with the rest of it at hand, a name could be tried against them.
  await manager.query(`UPDATE command SET payload_hash = 'erased', body = NULL WHERE case_id = $1`, [caseId]);
  await manager.query(
    `DELETE FROM request_draft WHERE reference = (SELECT reference FROM assistance_case WHERE id = $1)`,
    [caseId],
  );
  await manager.query(
    `DELETE FROM caught_mail WHERE headers ->> 'x-action48-ledger' IN
       (SELECT id::text FROM mail WHERE case_id = $1 AND ${SETTLED})`,
    [caseId],
  );
  await manager.query(
    `UPDATE mail SET recipient = 'erased:' || id, recipient_name = '', parameters = parameters - 'insteadOf', response = NULL, reader = NULL
     WHERE case_id = $1 AND ${SETTLED}`,
    [caseId],
  );
  await manager.query('UPDATE mail_event SET detail = NULL WHERE mail_id IN (SELECT id FROM mail WHERE case_id = $1)', [
    caseId,
  ]);
  await manager.query(
    `UPDATE inbound_mail SET sender = '', sender_name = '', original = NULL, person_id = NULL, message_id = '', fingerprint = id::text,
       state = CASE state WHEN 'waiting' THEN 'filed' ELSE state END
     WHERE case_id = $1`,
    [caseId],
  );
  const withWhom = log.flatMap((event) => (event.type === 'contact_logged' ? idsIn(event.body.with) : []));
  await eraseTexts(manager, withWhom);
}

/**
 * Contacts who followed the case without an account: their name, what lets them in again, and the mails with a code,
 * which belong to no case in the ledger and are found by the addresses in the form.
 */
async function eraseGuests(manager: EntityManager, caseId: string): Promise<void> {
  const guests = (await manager.findBy(CaseGuest, { caseId })).map(({ personId }) => personId);
  await manager.delete(FollowCode, { caseId });
  await manager.delete(CaseGuest, { caseId });
  if (guests.length) {
    await manager.delete(Session, { personId: In(guests) });
    const nobody = { name: ERASED_PERSON, active: false, timezone: 'UTC', language: 'en' };
    await manager.update(Person, { id: In(guests) }, nobody);
  }
  const codes = `SELECT m.id FROM mail m JOIN case_request r ON r.case_id = $1 AND lower(m.recipient) IN
      (lower(r.form #>> '{focalPoint,email}'), lower(r.form #>> '{alternateContact,email}'), lower(r.form #>> '{missionContact,email}'))
    WHERE m.case_id IS NULL AND m.kind = 'sign_in_code' AND m.${SETTLED}`;
  await manager.query(
    `DELETE FROM caught_mail WHERE headers ->> 'x-action48-ledger' IN (SELECT id::text FROM (${codes}) AS code)`,
    [caseId],
  );
  await manager.query(
    `UPDATE mail SET recipient = 'erased:' || id, recipient_name = '', response = NULL WHERE id IN (${codes})`,
    [caseId],
  );
}

/** What has not been sent is not sent any more; what is on its way keeps its address until it has arrived. */
async function settleMail(manager: EntityManager, caseId: string): Promise<void> {
  await callOff(manager, { why: CALLED_OFF.caseErased, states: ['due'], where: 'case_id = $3', values: [caseId] });
  const inHand = await manager.countBy(Mail, { caseId, state: In(['claimed', 'sending']) });
  if (inHand) throw new NotEnded('A mail of the case is being sent. Try again in a few minutes.');
}

/** Everything that was written but the summary that the State agreed to, or would have been asked about. */
async function eraseContent(manager: EntityManager, caseId: string, log: readonly LoggedEvent[]): Promise<void> {
  await manager.query(`UPDATE case_request SET form = NULL WHERE case_id = $1`, [caseId]);
  await manager.query(
    `UPDATE inbound_mail SET subject = '', text = '', original = NULL, attachments = '[]', reason = NULL WHERE case_id = $1`,
    [caseId],
  );
  await manager.query(
    'DELETE FROM document_content WHERE document_id IN (SELECT id FROM document WHERE case_id = $1)',
    [caseId],
  );
  await manager.query(
    `UPDATE document SET name = '', declared_type = '', sha256 = '', reason = NULL, source_id = NULL,
       erased_at = coalesce(erased_at, now()) WHERE case_id = $1`,
    [caseId],
  );
  const summary = summaryOf(log);
  const kept = new Set(summary ? idsIn(summary) : []);
  const written = await manager.find(CaseText, { select: { id: true }, where: { caseId } });
  await eraseTexts(
    manager,
    written.map(({ id }) => id).filter((id) => !kept.has(id)),
  );
}

const summaryOf = (log: readonly LoggedEvent[]): Text | undefined => {
  const asked = log.findLast((event) => event.type === 'consent_requested');
  const triaged = log.findLast((event) => event.type === 'triaged');
  return asked?.body.summary ?? triaged?.body.summary;
};

const idsIn = (text: Text): string[] => ('textId' in text ? [text.textId] : []);

async function eraseTexts(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length) await manager.update(CaseText, { id: In([...ids]) }, { content: null, salt: '' });
}
