import { DataSource } from 'typeorm';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { messageOf } from '#libs/mail/envelope.js';
import { createTestDatabase } from '../../test/support/database.js';
import { seedPeople } from '../../test/support/people.js';
import { checkCredentials } from './credentials.js';
import { endAccess } from './end-access.js';
import { NewPasswords } from './new-passwords.js';
import { PasswordResets } from './password-resets.js';
import { hashPassword } from './passwords.js';
import { RateLimits, TooManyTries } from './rate-limits.js';
import { Sessions } from './sessions.js';

const CONFIG = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32, 'k').toString('base64'),
};
const EMAIL = 'coordinator@example.test';
const [OLD, NEW] = ['the old one of them', 'the new one of them'];

describe('a new password', () => {
  let dataSource: DataSource;
  let sessions: Sessions;
  let passwords: NewPasswords;
  let resets: PasswordResets;
  let person: Person;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
    const limits = new RateLimits(dataSource, CONFIG.secretsKey);
    sessions = new Sessions(dataSource, { sessionHours: 12, sessionIdleMinutes: 60, staffSecondFactor: 'optional' });
    passwords = new NewPasswords(dataSource, sessions, limits, CONFIG);
    resets = new PasswordResets(dataSource, passwords, limits, CONFIG);
  }, 60_000);
  beforeEach(async () => {
    for (const table of ['session', 'password_reset', 'rate_limit', 'mail'])
      await dataSource.query(`DELETE FROM ${table}`);
    await dataSource.manager.update(Person, { email: EMAIL }, { passwordHash: await hashPassword(OLD), active: true });
    person = await dataSource.manager.findOneByOrFail(Person, { email: EMAIL });
  });
  afterAll(() => dataSource.destroy());

  const opens = async (password: string) => !!(await checkCredentials(dataSource.manager, EMAIL, password)).person;
  const begin = () => sessions.begin(person, { method: 'password' });
  const mails = () => dataSource.manager.find(Mail, { order: { id: 'ASC' } });
  /** What the person reads in the mail. */
  const mailedCode = async (): Promise<string> => {
    const { text } = messageOf((await mails()).at(-1) as Mail, CONFIG);
    return /Code: (\S+)/.exec(text as string)?.[1] ?? '';
  };

  it('is set by whoever knows the old one, ends every other session, and gives theirs another token', async () => {
    const [mine, other] = [await begin(), await begin()];
    const result = await passwords.change(mine.signedIn, OLD, NEW);
    if (typeof result === 'string') throw new Error(result);
    const found = await Promise.all([mine, other, result].map(async ({ token }) => !!(await sessions.find(token))));
    expect(found).toEqual([false, false, true]);
    expect(await Promise.all([opens(OLD), opens(NEW)])).toEqual([false, true]);
    expect((await mails()).map(({ kind }) => kind)).toEqual(['password_changed']);
  });

  it('is not set with a wrong old one, nor when it is poor, and nothing has changed then', async () => {
    const { signedIn, token } = await begin();
    expect(await passwords.change(signedIn, 'guessed', NEW)).toBe('wrong_password');
    expect(await passwords.change(signedIn, OLD, 'short')).toBe('too_short');
    expect(await passwords.change(signedIn, OLD, `${EMAIL} 1`)).toBe('has_address');
    expect(await opens(OLD)).toBe(true);
    expect(await sessions.find(token)).not.toBeNull();
  });

  it('is not set by whoever guesses at the old one from an open session', async () => {
    const { signedIn } = await begin();
    for (let tried = 0; tried < 10; tried += 1) await passwords.change(signedIn, 'guessed', NEW);
    await expect(passwords.change(signedIn, OLD, NEW)).rejects.toThrow(TooManyTries);
  });

  it('is set with a code by mail in the browser that asked, and every session ends', async () => {
    const before = await begin();
    const browser = await resets.ask(` ${EMAIL.toUpperCase()}`);
    const code = await mailedCode();
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await resets.use('another browser', code, NEW)).toBe('wrong_code');
    expect(await resets.use(browser, code.toLowerCase(), NEW)).toBe('done');
    expect(await Promise.all([opens(OLD), opens(NEW), sessions.find(before.token)])).toEqual([false, true, null]);
    expect(await resets.use(browser, code, OLD)).toBe('wrong_code');
    expect((await mails()).map(({ kind }) => kind)).toEqual(['password_reset', 'password_changed']);
  });

  it('that was forgotten leaves a second factor as it was: it is asked for as ever', async () => {
    const now = new Date();
    const factor = { personId: person.id, secret: '', createdAt: now, confirmedAt: now, lastStep: 0 };
    await dataSource.manager.insert(Authenticator, factor);
    const browser = await resets.ask(EMAIL);
    expect(await resets.use(browser, await mailedCode(), NEW)).toBe('done');
    expect((await begin()).signedIn.owes).toBe('second-factor');
    await dataSource.manager.delete(Authenticator, { personId: person.id });
  });

  it('has a code of which the database alone tells nothing', async () => {
    const browser = await resets.ask(EMAIL);
    const code = await mailedCode();
    const dump = JSON.stringify([
      await dataSource.query('SELECT * FROM password_reset'),
      await dataSource.query('SELECT * FROM mail'),
    ]);
    for (const secret of [browser, code, code.replace('-', '')]) expect(dump).not.toContain(secret);
  });

  it('does not cost a try when it is poor, and a code is worth nothing after five wrong ones', async () => {
    const browser = await resets.ask(EMAIL);
    const code = await mailedCode();
    for (let tried = 0; tried < 6; tried += 1) expect(await resets.use(browser, code, 'short')).toBe('too_short');
    for (let tried = 0; tried < 5; tried += 1) expect(await resets.use(browser, '0000-0000', NEW)).toBe('wrong_code');
    expect(await resets.use(browser, code, NEW)).toBe('wrong_code');
    expect(await opens(OLD)).toBe(true);
  });

  it('is not set once the code is ten minutes old, or its person no longer active', async () => {
    const browser = await resets.ask(EMAIL);
    const code = await mailedCode();
    await dataSource.transaction((manager) => endAccess(manager, person.id));
    expect(await resets.use(browser, code, NEW)).toBe('wrong_code');
    const again = await resets.ask(EMAIL);
    const other = await mailedCode();
    await dataSource.query(`UPDATE password_reset SET expires_at = now() - interval '1 second'`);
    expect(await resets.use(again, other, NEW)).toBe('wrong_code');
  });

  it.each([
    ['nobody has the address', 'nobody@example.test'],
    ['the person does not sign in with a password', 'lead@example.test'],
  ])('is asked for just the same when %s, and no mail is written', async (_, email) => {
    expect(await resets.ask(email)).toMatch(/^[\w-]{43}$/);
    expect(await mails()).toEqual([]);
    expect(await dataSource.query('SELECT person_id, tries FROM password_reset')).toEqual([
      { person_id: null, tries: 0 },
    ]);
  });

  it('fills nobody’s box: of many mails that are asked for, five an hour are written', async () => {
    await Promise.all(Array.from({ length: 8 }, () => resets.ask(EMAIL)));
    expect(await mails()).toHaveLength(5);
    expect(await dataSource.query('SELECT 1 FROM password_reset')).toHaveLength(8);
  });
});
