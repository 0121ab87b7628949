import type { DataSource } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';

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

  /** @param actorId who ordered it; null for an operator at the command line. @throws NobodyToErase */
  async erase(personId: string, actorId: string | null, reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await manager.findOne(Person, { where: { id: personId }, lock: { mode: 'pessimistic_write' } });
      if (!person || person.email === addressOf(personId)) throw new NobodyToErase('There is no such person.');
      await manager.delete(Session, { personId });
      await manager.delete(RequestDraft, { personId });
      await manager.update(Person, { delegateId: personId }, { delegateId: null });
      await manager.query(
        `DELETE FROM caught_mail WHERE $1 = ANY ("to")
           OR headers ->> 'x-action48-ledger' IN (SELECT id::text FROM mail WHERE recipient = $1)`,
        [person.email],
      );
      // What has not been sent is not sent any more: there is nobody to read it.
      await manager.query(
        `UPDATE mail SET state = CASE WHEN state = 'due' THEN 'suppressed' ELSE state END,
           recipient = 'erased:' || id, recipient_name = '', response = NULL
         WHERE recipient = $1 AND state NOT IN ('claimed', 'sending')`,
        [person.email],
      );
      await manager.query(
        `UPDATE mail SET parameters = parameters - 'insteadOf' WHERE parameters -> 'insteadOf' ->> 'name' = $1`,
        [person.name],
      );
      await manager.update(Person, personId, {
        email: addressOf(personId),
        name: ERASED_PERSON,
        passwordHash: null,
        roles: [],
        active: false,
        timezone: 'UTC',
        language: 'en',
        onLeaveFrom: null,
        onLeaveUntil: null,
        delegateId: null,
      });
      await recordAdminEvent(manager, {
        actorId,
        action: 'person_erased',
        subjectKind: 'person',
        subjectId: personId,
        body: { erased: ['name', 'address', 'sign_in', 'sessions', 'drafts', 'mail_addresses'], reason },
      });
    });
  }
}
