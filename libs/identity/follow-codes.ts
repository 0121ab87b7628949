import { LessThan } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { FollowCode } from '#libs/database/entities/follow-code.entity.js';
import type { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { rungsWrittenTo, STATE_SIDE } from '#libs/domain/case/contact-ladder.js';
import type { Contact, RequestForm } from '#libs/domain/case/request-form.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';
import { newCode, readCode } from '#libs/secrets/codes.js';
import { keyedHash } from '#libs/secrets/secret-box.js';
import { guestFor } from './guests.js';
import { hashOf, newToken } from './tokens.js';

const SIGNS = 8;
const MINUTES = 10;
const MOST_TRIES = 5;

/** A guest let in, and the case that they follow. */
export interface LetIn {
  person: Person;
  reference: string;
}

/**
 * Following one request without an account, by a code that is mailed to a contact in its form. Whether a reference
 * exists, or an address belongs to it, cannot be learned here: the same is written and answered either way.
 */
export class FollowCodes {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Pick<Config, 'mailFrom' | 'secretsKey'>,
  ) {}

  /** Returns the secret for the browser that asked. The code is mailed if reference and address belong together. */
  async ask(givenReference: string, givenEmail: string): Promise<string> {
    const [reference, email] = [givenReference.trim().toUpperCase(), givenEmail.trim().toLowerCase()];
    const secret = newToken();
    const code = newCode(SIGNS);
    const expiresAt = new Date(Date.now() + MINUTES * 60_000);
    const browserHash = hashOf(secret);
    const pair = this.contactHash(reference, email);
    await this.dataSource.transaction(async (manager) => {
      const { row, form, timezone } = await read(manager, { reference });
      const contact = contactsOf(form, row).find((one) => one.email.toLowerCase() === email);
      await manager.delete(FollowCode, { expiresAt: LessThan(new Date()) });
      // Two askings for the same pair at once: the second waits, and takes the place of the first.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 49))', [pair]);
      await manager.delete(FollowCode, { contactHash: pair });
      await manager.insert(FollowCode, {
        browserHash,
        contactHash: pair,
        caseId: contact && row ? row.id : null,
        codeHash: this.codeHash(browserHash, code),
        tries: 0,
        expiresAt,
      });
      const to = { email, name: contact?.name ?? email, language: form?.language ?? 'en', timezone };
      const parameters = { path: '/follow/code', validUntil: expiresAt.toISOString() };
      await manager.query('SAVEPOINT before_mail');
      await queueAccountMail(manager, { kind: 'sign_in_code', to, parameters, secret: code }, this.config);
      // Written and taken back: a mail that is not for anybody takes as long as one that is.
      await manager.query(contact ? 'RELEASE SAVEPOINT before_mail' : 'ROLLBACK TO SAVEPOINT before_mail');
    });
    return secret;
  }

  /** Whoever types the code into the browser that asked for it. Null when it is not right, used, or out of time or tries. */
  redeem(secret: string | undefined, given: string): Promise<LetIn | null> {
    if (!secret) return Promise.resolve(null);
    return this.dataSource.transaction(async (manager) => {
      const asked = await manager.findOne(FollowCode, {
        where: { browserHash: hashOf(secret) },
        lock: { mode: 'pessimistic_write' },
      });
      if (!asked || asked.tries >= MOST_TRIES || asked.expiresAt.getTime() <= Date.now()) return null;
      await manager.increment(FollowCode, { browserHash: asked.browserHash }, 'tries', 1);
      if (!asked.caseId || asked.codeHash !== this.codeHash(asked.browserHash, readCode(given))) return null;
      await manager.delete(FollowCode, { browserHash: asked.browserHash });
      const { row, form, timezone } = await read(manager, { id: asked.caseId });
      if (!row || !form) return null;
      const { id: caseId, reference } = row;
      const contact = contactsOf(form, row).find(
        (one) => this.contactHash(reference, one.email.toLowerCase()) === asked.contactHash,
      );
      const { language } = form;
      const person =
        contact && (await guestFor(manager, { caseId, contactHash: asked.contactHash, contact, language, timezone }));
      return person ? { person, reference } : null;
    });
  }

  /** Neither references nor addresses can be tried out on the table alone. */
  private contactHash = (reference: string, email: string): string =>
    keyedHash(this.config.secretsKey, 'follow/contact', `${reference}\n${email}`);

  private codeHash = (browserHash: string, code: string): string =>
    keyedHash(this.config.secretsKey, `follow/${browserHash}`, code);
}

/** Who may follow: the contacts in the capital, and the mission once it is written to in their place. */
const contactsOf = (form: RequestForm | null, row: AssistanceCase | null): Contact[] => {
  if (!form) return [];
  const mission = row && rungsWrittenTo(row.state, STATE_SIDE).includes('mission');
  return [form.focalPoint, form.alternateContact, ...(mission ? [form.missionContact] : [])];
};

async function read(manager: EntityManager, where: { reference: string } | { id: string }) {
  const row = await manager.findOneBy(AssistanceCase, where);
  // Asked also where there is no case, with an id that nothing has.
  const request = await manager.findOneBy(CaseRequest, { caseId: row?.id ?? NO_CASE });
  const state = await manager.findOneBy(State, { code: row?.requestingState ?? '' });
  return { row, form: request?.form ?? null, timezone: state?.timezone ?? 'Europe/Zurich' };
}

const NO_CASE = '00000000-0000-0000-0000-000000000000';
