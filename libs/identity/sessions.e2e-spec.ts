import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { createTestDatabase } from '../../test/support/database.js';
import { Sessions } from './sessions.js';

const EMAIL = 'coordinator@demo.action48.test';
const PASSWORD = 'action48-demo';

describe('a session', () => {
  let dataSource: DataSource;
  let sessions: Sessions;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    sessions = new Sessions(dataSource, 12);
  }, 60_000);
  afterAll(() => dataSource.destroy());

  const open = async (): Promise<string> => (await sessions.open(EMAIL, PASSWORD))?.token ?? '';
  const rows = async () => (await dataSource.query<{ token_hash: string }[]>('SELECT * FROM session')).length;

  it('is whose password it was, however the address was typed', async () => {
    const opened = await sessions.open(`  ${EMAIL.toUpperCase()} `, PASSWORD);
    expect((await sessions.find(opened?.token ?? ''))?.person.email).toBe(EMAIL);
  });

  it.each([
    ['a wrong password', EMAIL, 'action48-dem0'],
    ['an address that nobody has', 'nobody@demo.action48.test', PASSWORD],
    ['nothing', '', ''],
  ])('is not opened with %s', async (_, email, password) => {
    expect(await sessions.open(email, password)).toBeNull();
  });

  it('keeps nothing of its token but a hash', async () => {
    const token = await open();
    expect(JSON.stringify(await dataSource.query('SELECT * FROM session'))).not.toContain(token);
  });

  it('is worth nothing once it has ended, and is cleared away when somebody next signs in', async () => {
    await dataSource.query('DELETE FROM session');
    const token = await open();
    expect(await sessions.find(token)).not.toBeNull();
    await dataSource.query(`UPDATE session SET expires_at = now() - interval '1 minute'`);
    expect(await sessions.find(token)).toBeNull();
    await open();
    expect(await rows()).toBe(1);
  });

  it('ends for somebody who is no longer active, and for whoever signs out', async () => {
    const [token, other] = [await open(), await open()];
    await sessions.close(other);
    expect(await sessions.find(other)).toBeNull();
    await dataSource.query('UPDATE person SET active = false WHERE email = $1', [EMAIL]);
    expect(await sessions.find(token)).toBeNull();
    expect(await sessions.open(EMAIL, PASSWORD)).toBeNull();
  });
});
