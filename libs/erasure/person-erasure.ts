import type { DataSource, EntityManager } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { callOffWithDigest } from '#libs/case-store/call-off.js';
import { productNow } from '#libs/case-store/product-time.js';
import { AccountInvitation } from '#libs/database/entities/account-invitation.entity.js';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { CaseGuest } from '#libs/database/entities/case-guest.entity.js';
import { MailUnsubscribe } from '#libs/database/entities/mail-unsubscribe.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { RecoveryCode } from '#libs/database/entities/recovery-code.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { endAccess } from '#libs/identity/end-access.js';
import { refuseWhileOwning } from '#libs/people/owned-cases.js';
import { grantRoles } from '#libs/people/role-grants.js';

/** What stands where a name was. */
export const ERASED_PERSON = 'Erased person';

/** An address that belongs to nobody (RFC 2606), so that the column stays unique. */
const addressOf = (personId: string): string => `erased-${personId}@erased.invalid`;

/** Whose account was to be erased is not there, or was erased before. */
export class NobodyToErase extends Error {
  override name = 'NobodyToErase';
}

/**
 * Erases who somebody was, and ends what they could still do. What they wrote in the course of a case belongs to the file
 * of the State and stays until the case's own time is over; the log names them by an id that leads nowhere.
 */
export class PersonErasure {
  constructor(private readonly dataSource: DataSource) {}

  /** @param actorId who ordered it; null for an operator at the command line. @throws NobodyToErase · StandsInTheWay while they own open cases */
  async erase(personId: string, actorId: string | null, reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await manager.findOne(Person, { where: { id: personId }, lock: { mode: 'pessimistic_write' } });
      if (!person || person.email === addressOf(personId)) throw new NobodyToErase('There is no such person.');
      await refuseWhileOwning(manager, personId);
      const at = new Date(await productNow(manager));
      await endAccess(manager, personId);
      for (const table of [
        AnswerToken,
        Authenticator,
        RecoveryCode,
        AccountInvitation,
        RequestDraft,
        CaseGuest,
        MailUnsubscribe,
      ])
        await manager.delete(table, { personId });
      await manager.update(Person, { delegateId: personId }, { delegateId: null });
      await eraseMail(manager, person);
      await eraseFromOffers(manager, person);
      // Whoever invited them sent name and address: what is left of that is a hash without salt, under the same id.
      await manager.query(`UPDATE taken_key SET payload_hash = 'erased' WHERE id = $1`, [personId]);
      await grantRoles(manager, { personId, organisationId: person.organisationId, roles: [], by: actorId, at });
      await manager.update(Person, personId, {
        email: addressOf(personId),
        name: ERASED_PERSON,
        passwordHash: null,
        active: false,
        disabledAt: person.disabledAt ?? at,
        timezone: 'UTC',
        language: 'en',
        onLeaveFrom: null,
        onLeaveUntil: null,
        delegateId: null,
        mailRhythm: null,
        workDays: null,
        workFrom: null,
        workUntil: null,
      });
      await recordAdminEvent(manager, {
        actorId,
        action: 'person_erased',
        subjectKind: 'person',
        subjectId: personId,
        body: { erased: ['name', 'address', 'sign_in', 'sessions', 'tokens', 'drafts', 'mail_addresses'], reason },
      });
    });
  }
}

/** Where a provider names them as its contact; it names another when it changes or renews the offer. */
const eraseFromOffers = (manager: EntityManager, { email }: Person) =>
  manager.query(`UPDATE standing_offer SET contact_name = '', contact_email = '' WHERE lower(contact_email) = $1`, [
    email,
  ]);

/** Their address in the ledger and the trial's inbox, and their name in the mails of others. */
async function eraseMail(manager: EntityManager, { email, name }: Person): Promise<void> {
  await manager.query(
    `DELETE FROM caught_mail WHERE $1 = ANY ("to")
       OR headers ->> 'x-action48-ledger' IN (SELECT id::text FROM mail WHERE recipient = $1)`,
    [email],
  );
  await manager.query(
    `UPDATE mail_event SET detail = NULL WHERE mail_id IN (SELECT id FROM mail WHERE recipient = $1)`,
    [email],
  );
  // Theirs on no case goes; what is on a case belongs to the State's file, without who wrote it.
  await manager.query('DELETE FROM inbound_mail WHERE case_id IS NULL AND sender = $1', [email]);
  await manager.query(
    `UPDATE inbound_mail SET sender = '', sender_name = '', original = NULL, message_id = '', fingerprint = id::text WHERE sender = $1`,
    [email],
  );
  // What has not been sent is not sent any more: there is nobody to read it.
  await manager.query(`UPDATE mail SET state = 'suppressed', response = $2 WHERE recipient = $1 AND state = 'due'`, [
    email,
    CALLED_OFF.personErased,
  ]);
  await callOffWithDigest(manager, email);
  await manager.query(
    `UPDATE mail SET response = CASE response WHEN $2 THEN response END,
       recipient = 'erased:' || id, recipient_name = '', secret = NULL, reader = NULL,
       parameters = CASE WHEN case_id IS NULL THEN parameters - 'values' ELSE parameters END
     WHERE recipient = $1 AND state NOT IN ('claimed', 'sending')`,
    [email, CALLED_OFF.personErased],
  );
  await manager.query(
    `UPDATE mail SET parameters = parameters - 'insteadOf' WHERE parameters -> 'insteadOf' ->> 'name' = $1`,
    [name],
  );
  await manager.query(
    `UPDATE mail SET parameters = parameters #- '{values,inviter}' WHERE parameters -> 'values' ->> 'inviter' = $1`,
    [name],
  );
}
