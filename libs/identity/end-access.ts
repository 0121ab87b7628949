import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { ApiToken } from '#libs/database/entities/api-token.entity.js';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { CalendarFeed } from '#libs/database/entities/calendar-feed.entity.js';
import { PasswordReset } from '#libs/database/entities/password-reset.entity.js';
import { Passkey } from '#libs/database/entities/passkey.entity.js';
import { PersonIdentity } from '#libs/database/entities/person-identity.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';

/**
 * Ends whatever a person is or could come in with, within the caller's transaction: sessions, tokens of programs, the
 * address of a calendar, links to answer mails by, passkeys, what an identity provider calls them, a reset under way, an
 * authenticator not confirmed yet. A confirmed one stays: whoever is let in again still needs it.
 */
export async function endAccess(manager: EntityManager, personId: string): Promise<void> {
  for (const table of [Session, ApiToken, CalendarFeed, PasswordReset, Passkey, PersonIdentity])
    await manager.delete(table, { personId });
  // The links in their mails are known by what they answered; they are good for nothing more.
  await manager.update(AnswerToken, { personId, revokedAt: IsNull() }, { revokedAt: new Date() });
  await manager.delete(Authenticator, { personId, confirmedAt: IsNull() });
}
