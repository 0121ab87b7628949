import { IsNull } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { AccountInvitation } from '#libs/database/entities/account-invitation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { checkPassword, hashPassword } from '#libs/identity/passwords.js';
import { newCode, plainCode } from './invitation-codes.js';

const DAY_MS = 86_400_000;
const VALID_DAYS = 7;
const MOST_TRIES = 5;

export interface MadeInvitation {
  /** To be sent to the person, and shown to nobody else. */
  code: string;
  expiresAt: Date;
}

/** Makes an invitation within the caller's transaction; an earlier one of the same person is worth nothing any more. */
export async function makeInvitation(
  manager: EntityManager,
  personId: string,
  invitedBy: string | null,
): Promise<MadeInvitation> {
  await endInvitations(manager, personId);
  const code = newCode();
  // Real time: how long a code is good for is a matter of security, not of the demonstration's clock.
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + VALID_DAYS * DAY_MS);
  await manager.insert(AccountInvitation, {
    ...{ id: uuidv7(), personId, codeHash: await hashPassword(plainCode(code)), attempts: 0, invitedBy },
    ...{ createdAt, expiresAt, endedAt: null },
  });
  return { code, expiresAt };
}

/** What was sent to somebody until now opens nothing any more. */
export async function endInvitations(manager: EntityManager, personId: string): Promise<void> {
  await manager.update(AccountInvitation, { personId, endedAt: IsNull() }, { endedAt: new Date() });
}

/** Setting up an account with an invitation. */
export class Welcome {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes an invitation: the account becomes active with this password. False when there is none for this address and
   * code, for whatever reason: unknown, used, expired, or tried too often.
   */
  async accept(email: string, code: string, password: string): Promise<boolean> {
    const invitation = await this.tried(email.trim().toLowerCase());
    // As slow for nobody as for somebody.
    const right = await checkPassword(invitation?.code_hash ?? null, plainCode(code));
    if (!invitation || !right) return false;
    const passwordHash = await hashPassword(password);
    return this.dataSource.transaction(async (manager) => {
      const used = await manager.update(
        AccountInvitation,
        { id: invitation.id, endedAt: IsNull() },
        { endedAt: new Date() },
      );
      const { person_id: personId } = invitation;
      const person = await manager.findOneBy(Person, { id: personId, active: false, disabledAt: IsNull() });
      if (!used.affected || !person) return false;
      await manager.update(Person, personId, { active: true, passwordHash, revision: person.revision + 1 });
      await recordAdminEvent(manager, {
        ...{ actorId: personId, action: 'invitation_accepted', subjectKind: 'person', subjectId: personId },
        body: { invitation: invitation.id, after: { state: 'active' } },
      });
      return true;
    });
  }

  /** The open invitation of an address, with this try counted before anything is compared. */
  private async tried(email: string) {
    const [rows] = await this.dataSource.query<[{ id: string; person_id: string; code_hash: string }[], number]>(
      `UPDATE account_invitation i SET attempts = attempts + 1 FROM person p
       WHERE p.id = i.person_id AND p.email = $1 AND i.ended_at IS NULL AND i.expires_at > now() AND i.attempts < $2
       RETURNING i.id, i.person_id, i.code_hash`,
      [email, MOST_TRIES],
    );
    return rows[0] ?? null;
  }
}
