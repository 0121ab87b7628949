import type { DataSource, EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { PasswordReset } from '#libs/database/entities/password-reset.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';
import { checkPassword, hashPassword } from './passwords.js';
import { passwordFault } from './password-rules.js';
import type { PasswordFault } from './password-rules.js';
import type { RateLimits } from './rate-limits.js';
import type { NewSession, Sessions } from './sessions.js';
import type { SignedIn } from './signed-in.js';

/** Old passwords are not guessed at from a session that somebody left open. */
const TRIES = { most: 10, seconds: 15 * 60 };

/** Gives people new passwords and ends what was begun under the old one. */
export class NewPasswords {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: Sessions,
    private readonly limits: RateLimits,
    private readonly config: Pick<Config, 'secretsKey' | 'mailFrom'>,
  ) {}

  /** Whether this is the password of whoever is signed in. @throws TooManyTries */
  async confirms({ person }: SignedIn, password: string): Promise<boolean> {
    await this.limits.allow(`password/${person.id}`, TRIES);
    const row = await this.dataSource.manager.findOneBy(Person, { id: person.id });
    return checkPassword(row?.passwordHash ?? null, password);
  }

  /**
   * Changes the password of whoever is signed in; every session ends, and a new one goes on in place of theirs.
   * @returns the session, or what is wrong @throws TooManyTries
   */
  async change(me: SignedIn, old: string, wanted: string): Promise<NewSession | PasswordFault | 'wrong_password'> {
    if (!(await this.confirms(me, old))) return 'wrong_password';
    const fault = passwordFault(wanted, me.person.email);
    if (fault) return fault;
    const passwordHash = await hashPassword(wanted);
    return this.dataSource.transaction(async (manager) => {
      await this.sessions.endOthers(me, manager);
      await this.keep(manager, me.person.id, passwordHash);
      return this.sessions.riseWithin(manager, me);
    });
  }

  /** Keeps the hash, ends resets under way, and tells the person by mail; sessions are the caller's to end. */
  async keep(manager: EntityManager, personId: string, passwordHash: string): Promise<void> {
    await manager.update(Person, { id: personId }, { passwordHash });
    await manager.delete(PasswordReset, { personId });
    const to = await manager.findOneByOrFail(Person, { id: personId });
    await queueAccountMail(manager, { kind: 'password_changed', to, parameters: { path: '/account' } }, this.config);
  }
}
