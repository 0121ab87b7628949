import { DataSource } from 'typeorm';
import { ApiToken } from '#libs/database/entities/api-token.entity.js';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { PasswordReset } from '#libs/database/entities/password-reset.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { createTestDatabase } from '../../test/support/database.js';
import { ApiTokens } from './api-tokens.js';
import { checkCredentials } from './credentials.js';
import { endAccess } from './end-access.js';
import { Sessions } from './sessions.js';
import type { SignedIn } from './signed-in.js';

const EMAIL = 'coordinator@demo.action48.test';
const PASSWORD = 'action48-demo';
const SETTINGS = { sessionHours: 12, sessionIdleMinutes: 60, staffSecondFactor: 'optional' } as const;
const MAIL = { mailFrom: 'Action48 <no-reply@action48.test>', secretsKey: Buffer.alloc(32).toString('base64') };

describe('a session', () => {
  let dataSource: DataSource;
  let sessions: Sessions;
  let person: Person;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    sessions = new Sessions(dataSource, SETTINGS);
    person = await dataSource.manager.findOneByOrFail(Person, { email: EMAIL });
  }, 60_000);
  beforeEach(() => dataSource.query('DELETE FROM session'));
  afterAll(() => dataSource.destroy());

  const begin = () => sessions.begin(person, { method: 'password', browser: 'Firefox on Windows' });
  const rows = () => dataSource.manager.find(Session);
  const ago = (column: string, minutes: number) =>
    dataSource.query(`UPDATE session SET ${column} = now() - make_interval(mins => $1)`, [minutes]);
  const foundBy = async (token: string): Promise<SignedIn> => {
    const signedIn = await sessions.find(token);
    if (!signedIn) throw new Error('nobody is signed in');
    return signedIn;
  };

  it('is whose password it was, however the address was typed', async () => {
    const checked = await checkCredentials(dataSource.manager, `  ${EMAIL.toUpperCase()} `, PASSWORD);
    expect(checked.person?.id).toBe(person.id);
    expect((await foundBy((await begin()).token)).person.email).toBe(EMAIL);
  });

  it.each([
    ['a wrong password', EMAIL, 'action48-dem0', true],
    ['an address that nobody has', 'nobody@demo.action48.test', PASSWORD, false],
    ['nothing', '', '', false],
  ])('is not for %s, and only the log learns whose it would have been', async (_, email, password, known) => {
    const checked = await checkCredentials(dataSource.manager, email, password);
    expect(checked).toEqual({ person: null, triedOn: known ? person.id : null });
  });

  it('keeps nothing of its token but a hash', async () => {
    const { token } = await begin();
    expect(JSON.stringify(await rows())).not.toContain(token);
  });

  it('is worth nothing once it has ended, and is cleared away when somebody next signs in', async () => {
    const { token } = await begin();
    await ago('expires_at', 1);
    expect(await sessions.find(token)).toBeNull();
    await begin();
    expect(await rows()).toHaveLength(1);
  });

  it('is worth nothing once nobody has used it for an hour', async () => {
    const { token } = await begin();
    await ago('last_used_at', 59);
    await foundBy(token);
    await ago('last_used_at', 61);
    expect(await sessions.find(token)).toBeNull();
    expect(await sessions.list(person.id)).toEqual([]);
  });

  it('notes when it was used last, but not at every request', async () => {
    const { token } = await begin();
    const used = async () => (await rows())[0]?.lastUsedAt.getTime() ?? 0;
    await ago('last_used_at', 1);
    const before = await used();
    await foundBy(token);
    expect(await used()).toBe(before);
    await ago('last_used_at', 3);
    await foundBy(token);
    expect(await used()).toBeGreaterThan(before);
  });

  it('is listed to its owner, who ends it by a name that opens nothing', async () => {
    const [one, other] = [await begin(), await sessions.begin(person, { method: 'passkey' })];
    const list = await sessions.list(person.id);
    expect(new Set(list.map(({ method, browser }) => `${method} ${browser}`))).toEqual(
      new Set(['password Firefox on Windows', 'passkey null']),
    );
    for (const { id } of list) expect(await sessions.find(id)).toBeNull();
    const { session } = await foundBy(other.token);
    const somebodyElse = await dataSource.manager.findOneByOrFail(Person, { email: 'lead@demo.action48.test' });
    expect(await sessions.end(somebodyElse.id, session?.id ?? '')).toBe(false);
    expect(await sessions.end(person.id, session?.id ?? '')).toBe(true);
    expect(await sessions.find(other.token)).toBeNull();
    await foundBy(one.token);
  });

  it('ends all the others', async () => {
    const [one, two, three] = [await begin(), await begin(), await begin()];
    await sessions.endOthers(await foundBy(two.token));
    expect(await Promise.all([one, two, three].map(async ({ token }) => !!(await sessions.find(token))))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('has another token after its person has proved more, and the one from before is worth nothing', async () => {
    const { token, signedIn } = await begin();
    const risen = await sessions.rise(signedIn, { secondFactor: true });
    expect(await sessions.find(token)).toBeNull();
    expect((await foundBy(risen.token)).csrfToken).not.toBe(signedIn.csrfToken);
    expect(await rows()).toMatchObject([
      { method: 'password', browser: 'Firefox on Windows', secondFactorAt: expect.any(Date) },
    ]);
  });

  it('is good for staff only with a second factor, where the deployment demands one', async () => {
    const strict = new Sessions(dataSource, { ...SETTINGS, staffSecondFactor: 'required' });
    expect((await strict.begin(person, { method: 'password' })).signedIn.owes).toBe('enrolment');
    expect((await strict.begin(person, { method: 'passkey' })).signedIn.owes).toBeNull();
    const state = await dataSource.manager.findOneByOrFail(Person, { email: 'bravia@demo.action48.test' });
    expect((await strict.begin(state, { method: 'password' })).signedIn.owes).toBeNull();
  });

  it('ends for whoever signs out, and everything does for somebody who is no longer active', async () => {
    const tokens = new ApiTokens(dataSource, MAIL);
    const [one, other] = [await begin(), await begin()];
    await sessions.close(other.token);
    expect(await sessions.find(other.token)).toBeNull();
    const { token } = await tokens.make(one.signedIn, { name: 'figures', scopes: ['read'], days: 1 });
    expect((await tokens.find(token))?.person.id).toBe(person.id);
    await dataSource.manager.update(Person, { id: person.id }, { active: false });
    expect(await Promise.all([sessions.find(one.token), tokens.find(token)])).toEqual([null, null]);
    expect((await checkCredentials(dataSource.manager, EMAIL, PASSWORD)).person).toBeNull();
    const unconfirmed = { personId: person.id, secret: '', createdAt: new Date(), confirmedAt: null, lastStep: 0 };
    await dataSource.manager.insert(Authenticator, unconfirmed);
    await dataSource.manager.insert(PasswordReset, {
      ...{ browserHash: 'b', personId: person.id, codeHash: 'c', tries: 0, expiresAt: new Date() },
    });
    await dataSource.transaction((manager) => endAccess(manager, person.id));
    for (const table of [Session, ApiToken, PasswordReset, Authenticator])
      expect(await dataSource.manager.countBy(table, { personId: person.id })).toBe(0);
    // Access that has ended does not come back with the person.
    await dataSource.manager.update(Person, { id: person.id }, { active: true });
    expect(await Promise.all([sessions.find(one.token), tokens.find(token)])).toEqual([null, null]);
  });
});
