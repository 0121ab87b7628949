import type { EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { translator } from '#libs/i18n/translator.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';
import type { MadeInvitation } from './invitations.js';
import { ROLE_WORDS } from './role-words.js';

/** Tells people by mail of their accounts; what is queued is sent only when the transaction stands. */
export class AccountNotices {
  constructor(readonly settings: Pick<Config, 'mailFrom' | 'secretsKey'>) {}

  /** The code stands in the mail, and nowhere else; the link is the same for everybody. */
  async invited(manager: EntityManager, personId: string, invitedBy: string, made: MadeInvitation): Promise<void> {
    const to = await manager.findOneByOrFail(Person, { id: personId });
    const inviter = await manager.findOneByOrFail(Person, { id: invitedBy });
    await manager.query(
      `UPDATE mail SET state = 'suppressed', secret = NULL, response = $2
       WHERE kind = 'account_invitation' AND recipient = $1 AND state = 'due'`,
      [to.email, CALLED_OFF.newerInvitation],
    );
    const _ = translator(to.language);
    const roles = to.roles.map((role) => _(ROLE_WORDS[role])).join(`${_(',')} `);
    const validUntil = made.expiresAt.toISOString();
    const parameters = { path: '/welcome', values: { inviter: inviter.name, roles }, validUntil };
    await queueAccountMail(manager, { kind: 'account_invitation', to, parameters, secret: made.code }, this.settings);
  }

  /** Whoever stood in for this person has no account any more. */
  async deputyEnded(manager: EntityManager, personId: string): Promise<void> {
    const to = await manager.findOneByOrFail(Person, { id: personId });
    if (to.active)
      await queueAccountMail(manager, { kind: 'deputy_ended', to, parameters: { path: '/leave' } }, this.settings);
  }
}
