import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { IsNull, LessThan, Not } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { PasswordReset } from '#libs/database/entities/password-reset.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';
import { newCode, readCode } from '#libs/secrets/codes.js';
import { keyedHash } from '#libs/secrets/secret-box.js';
import { MINUTE_MS } from './last-use.js';
import type { NewPasswords } from './new-passwords.js';
import { passwordFault } from './password-rules.js';
import type { PasswordFault } from './password-rules.js';
import { hashPassword } from './passwords.js';
import type { RateLimits } from './rate-limits.js';
import { hashOf, newToken } from './tokens.js';

export const RESET_MINUTES = 10;
/** 40 bits, and five tries at them. */
const CODE_SIGNS = 8;
const MOST_TRIES = 5;
/** Nobody's box is filled, from however many places it is asked. */
const MAILS_TO_ONE = { most: 5, seconds: 60 * 60 };
/** Every answer takes at least so long, so that it does not tell whether a mail was written. */
const ANSWER_MS = 300;

/** New passwords by a code that goes to the person's address and is typed into the browser that asked. */
export class PasswordResets {
  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: NewPasswords,
    private readonly limits: RateLimits,
    private readonly config: Pick<Config, 'secretsKey' | 'mailFrom'>,
  ) {}

  /**
   * Sends a code to an address of somebody who signs in with a password; for any other, all is the same but the mail.
   * @returns what the browser keeps, in a cookie, to be recognised with the code
   */
  async ask(email: string): Promise<string> {
    const atLeast = sleep(ANSWER_MS);
    const [browser, code, address] = [newToken(), newCode(CODE_SIGNS), email.trim().toLowerCase()];
    const { wait } = await this.limits.count(`reset-mail/${address}`, MAILS_TO_ONE);
    const found = await this.dataSource.manager.findOneBy(Person, {
      email: address,
      active: true,
      passwordHash: Not(IsNull()),
    });
    const person = wait ? null : found;
    const expiresAt = new Date(Date.now() + RESET_MINUTES * MINUTE_MS);
    const browserHash = hashOf(browser);
    await this.dataSource.transaction(async (manager) => {
      const codeHash = this.codeHash(browserHash, code);
      await manager.insert(PasswordReset, { browserHash, personId: person?.id ?? null, codeHash, tries: 0, expiresAt });
      await manager.delete(PasswordReset, { expiresAt: LessThan(new Date()) });
      if (person) await this.send(manager, person, code, expiresAt);
    });
    await atLeast;
    return browser;
  }

  /** Sets the new password and ends every session of its person; what is wrong otherwise. A wrong code counts, a poor password does not. */
  async use(browser: string, code: string, wanted: string): Promise<'done' | 'wrong_code' | PasswordFault> {
    const poor = passwordFault(wanted);
    if (poor) return poor;
    const person = await this.personFor(hashOf(browser), readCode(code));
    if (!person) return 'wrong_code';
    const fault = passwordFault(wanted, person.email);
    if (fault) return fault;
    const passwordHash = await hashPassword(wanted);
    await this.dataSource.transaction(async (manager) => {
      await this.passwords.keep(manager, person.id, passwordHash);
      await manager.delete(Session, { personId: person.id });
    });
    return 'done';
  }

  /** Counted before it is looked at, so that tries at the same time do not go uncounted. */
  private async personFor(browserHash: string, code: string): Promise<Person | null> {
    const [rows] = await this.dataSource.query<[{ person_id: string | null; code_hash: string }[], number]>(
      `UPDATE password_reset SET tries = tries + 1 WHERE browser_hash = $1 AND tries < $2 AND expires_at > now()
       RETURNING person_id, code_hash`,
      [browserHash, MOST_TRIES],
    );
    const [row] = rows;
    if (!row || !row.person_id || !same(row.code_hash, this.codeHash(browserHash, code))) return null;
    return this.dataSource.manager.findOneBy(Person, { id: row.person_id, active: true });
  }

  private send(manager: EntityManager, to: Person, secret: string, until: Date): Promise<void> {
    const parameters = { path: '/forgotten/code', validUntil: until.toISOString() };
    return queueAccountMail(manager, { kind: 'password_reset', to, parameters, secret }, this.config);
  }

  private codeHash = (browserHash: string, code: string): string =>
    keyedHash(this.config.secretsKey, `reset/${browserHash}`, code);
}

const same = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));
