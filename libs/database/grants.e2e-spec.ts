import { DataSource } from 'typeorm';
import { asOwner, createTestDatabase, ownerUrlOf } from '../../test/support/database.js';
import { APPEND_ONLY, grantApplication } from './grants.js';
import { databaseOptions } from './options.js';

describe('what the application may do in its database', () => {
  let url = '';
  let application: DataSource;
  let owner: DataSource;
  beforeAll(async () => {
    url = await createTestDatabase();
    application = await new DataSource(databaseOptions(url)).initialize();
    owner = await new DataSource(databaseOptions(ownerUrlOf(url))).initialize();
  });
  afterAll(async () => {
    await application.destroy();
    await owner.destroy();
  });
  const role = () => new URL(url).username;
  const existing = async (): Promise<string[]> =>
    (
      await owner.query<{ name: string }[]>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
      )
    ).map(({ name }) => name);
  const logs = async () => (await existing()).filter((name) => APPEND_ONLY.includes(name));

  it('is to read and add to every log, and never to change, delete or empty one', async () => {
    expect(await logs()).toEqual(
      expect.arrayContaining(['case_event', 'admin_event', 'checkpoint', 'checkpoint_leaf']),
    );
    for (const table of await logs()) {
      const [column] = await owner.query<{ name: string }[]>(
        `SELECT attname AS name FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1`,
        [table],
      );
      const refused = `permission denied for table ${table}`;
      for (const order of [
        `UPDATE ${table} SET ${column?.name} = ${column?.name}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
        `SELECT 1 FROM ${table} FOR UPDATE`,
        `TRUNCATE assistance_case CASCADE`,
      ])
        await expect(application.query(order)).rejects.toThrow(/permission denied for table/);
      await expect(application.query(`DELETE FROM ${table}`)).rejects.toThrow(refused);
      await expect(application.query(`SELECT count(*) FROM ${table}`)).resolves.toHaveLength(1);
    }
  });

  it('is nothing with the tables themselves: it owns none and can switch off no trigger', async () => {
    for (const table of await existing()) {
      await expect(application.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)).rejects.toThrow('must be owner');
      await expect(application.query(`DROP TABLE ${table}`)).rejects.toThrow('must be owner');
    }
    await expect(application.query('SET session_replication_role = replica')).rejects.toThrow('permission denied');
    await expect(application.query('CREATE TABLE another (id integer)')).rejects.toThrow('permission denied');
    await expect(application.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`)).rejects.toThrow(
      'permission denied',
    );
  });

  it('is to read, add, change and delete everywhere else', async () => {
    const [row] = await application.query<{ apart: string[] }[]>(
      `SELECT array_agg(relname::text) FILTER (WHERE NOT has_table_privilege(oid, p)) AS apart FROM pg_class,
         unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations' AND relname <> ALL ($1)`,
      [APPEND_ONLY],
    );
    expect(row?.apart).toBeNull();
  });

  it('is the same after it was granted again, and what somebody had added is taken back', async () => {
    await asOwner(url, `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role()}`);
    expect(await grantApplication(owner, role())).toBe('granted');
    expect(await grantApplication(owner, role())).toBe('granted');
    await expect(application.query('DELETE FROM case_event')).rejects.toThrow('permission denied');
    await expect(application.query('TRUNCATE mail')).rejects.toThrow('permission denied');
  });

  it('is to add to a table that somebody makes beside the migrations, until the next one', async () => {
    await asOwner(url, 'CREATE TABLE beside (id integer PRIMARY KEY)');
    await application.query('INSERT INTO beside VALUES (1)');
    await expect(application.query('DELETE FROM beside')).rejects.toThrow('permission denied');
  });

  it('cannot be limited for the owner itself, which is said; a role that there is not is named', async () => {
    expect(await grantApplication(owner, new URL(ownerUrlOf(url)).username)).toBe('all_powerful');
    expect(await grantApplication(application, role())).toBe('not_owner');
    await expect(grantApplication(owner, 'nobody_at_all')).rejects.toThrow('knows no role "nobody_at_all"');
  });
});
