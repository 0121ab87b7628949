import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { checkPassword } from '#libs/identity/passwords.js';
import { createTestDatabase } from '../../test/support/database.js';
import { idOf, seedPeople } from '../../test/support/people.js';
import { endInvitations, makeInvitation, Welcome } from './invitations.js';

const KEY = Buffer.alloc(32, 'k').toString('base64');
const EMAIL = 'otherstate@example.test';
const PASSWORD = 'three quiet boats';

describe('an invitation', () => {
  let dataSource: DataSource;
  let welcome: Welcome;
  const id = idOf('person:otherState');
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    welcome = new Welcome(dataSource, KEY);
  }, 60_000);
  beforeEach(async () => {
    await seedPeople(dataSource);
    await dataSource.manager.update(Person, id, { active: false, disabledAt: null, passwordHash: null });
  });
  afterAll(() => dataSource.destroy());

  const made = async () => (await dataSource.transaction((manager) => makeInvitation(manager, id, null, KEY))).code;
  const now = () => dataSource.manager.findOneByOrFail(Person, { id });

  it('sets up the account once, with the code however it is typed, at the address it was sent to', async () => {
    const code = await made();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(await welcome.accept('focalpoint@example.test', code, PASSWORD)).toBe(false);
    expect(await welcome.accept(` ${EMAIL.toUpperCase()}`, code.toLowerCase().replaceAll('-', ' '), PASSWORD)).toBe(
      true,
    );
    const { active, passwordHash } = await now();
    expect([active, await checkPassword(passwordHash, PASSWORD)]).toEqual([true, true]);
    expect(await welcome.accept(EMAIL, code, 'another password')).toBe(false);
  });

  it('is not in the database: nobody who reads that can set up the account', async () => {
    const code = await made();
    const dump = JSON.stringify(await dataSource.query('SELECT * FROM account_invitation'));
    expect(dump).not.toContain(code);
    expect(dump).not.toContain(code.replaceAll('-', ''));
  });

  it('is worth nothing after five tries, also when they come at once, and then not with the right code either', async () => {
    const code = await made();
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => welcome.accept(EMAIL, '0000-0000-0000', PASSWORD)),
    );
    expect(tries.some(Boolean)).toBe(false);
    expect(await welcome.accept(EMAIL, code, PASSWORD)).toBe(false);
    const [{ attempts }] = await dataSource.query('SELECT attempts FROM account_invitation WHERE ended_at IS NULL');
    expect(attempts).toBe(5);
  });

  it('is worth nothing after seven days, after a newer one, or when it was taken back', async () => {
    const late = await made();
    await dataSource.query(`UPDATE account_invitation SET expires_at = now() - interval '1 second'`);
    expect(await welcome.accept(EMAIL, late, PASSWORD)).toBe(false);
    const [older, newer] = [await made(), await made()];
    expect(await welcome.accept(EMAIL, older, PASSWORD)).toBe(false);
    await dataSource.transaction((manager) => endInvitations(manager, id));
    expect(await welcome.accept(EMAIL, newer, PASSWORD)).toBe(false);
    expect((await now()).active).toBe(false);
  });

  it('does not open a disabled account', async () => {
    const code = await made();
    await dataSource.manager.update(Person, id, { disabledAt: new Date() });
    expect(await welcome.accept(EMAIL, code, PASSWORD)).toBe(false);
    expect((await now()).active).toBe(false);
  });

  it('sets up the account once when it is used twice at the same moment', async () => {
    const code = await made();
    const both = await Promise.all([welcome.accept(EMAIL, code, PASSWORD), welcome.accept(EMAIL, code, PASSWORD)]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });
});
