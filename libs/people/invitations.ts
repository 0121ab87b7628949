import { timingSafeEqual } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { AccountInvitation } from '#libs/database/entities/account-invitation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { hashPassword } from '#libs/identity/passwords.js';
import { newCode, readCode } from '#libs/secrets/codes.js';
import { keyedHash } from '#libs/secrets/secret-box.js';

const DAY_MS = 86_400_000;
const VALID_DAYS = 7;
const MOST_TRIES = 5;
/** 60 random bits. */
const CODE_SIGNS = 12;

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
  secretsKey: string,
): Promise<MadeInvitation> {
  await endInvitations(manager, personId);
  const [id, code] = [uuidv7(), newCode(CODE_SIGNS)];
  // Real time: how long a code is good for is a matter of security, not of the demonstration's clock.
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + VALID_DAYS * DAY_MS);
  await manager.insert(AccountInvitation, {
    ...{ id, personId, codeHash: hashOf(secretsKey, id, code), attempts: 0, invitedBy },
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
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretsKey: string,
  ) {}

  /**
   * Takes an invitation: the account becomes active with this password. False when there is none for this address and
   * code, for whatever reason: unknown, used, expired, or tried too often.
   */
  async accept(email: string, code: string, password: string): Promise<boolean> {
    const invitation = await this.tried(email.trim().toLowerCase());
    const given = hashOf(this.secretsKey, invitation?.id ?? '', code);
    if (!invitation || !timingSafeEqual(Buffer.from(given), Buffer.from(invitation.code_hash))) return false;
    const passwordHash = await hashPassword(password);
    return this.dataSource.transaction(async (manager) => {
      const open = { id: invitation.id, endedAt: IsNull() };
      const used = await manager.update(AccountInvitation, open, { endedAt: new Date() });
      const { person_id: personId } = invitation;
      const invited = { id: personId, active: false, disabledAt: IsNull() };
      const set = { active: true, passwordHash, revision: () => 'revision + 1' };
      if (!used.affected || !(await manager.update(Person, invited, set)).affected) return false;
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

const hashOf = (secretsKey: string, id: string, code: string): string =>
  keyedHash(secretsKey, `invitation/${id}`, readCode(code));
