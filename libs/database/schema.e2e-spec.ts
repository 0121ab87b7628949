import { DataSource } from 'typeorm';
import { createTestDatabase, ownerUrlOf } from '../../test/support/database.js';
import { databaseOptions } from './options.js';

describe('the schema', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(ownerUrlOf(await createTestDatabase()))).initialize();
  });
  afterAll(() => dataSource.destroy());

  it('that the migrations make is the one that the entities describe', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('gives every table a primary key', async () => {
    const without = await dataSource.query<{ name: string }[]>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'migrations'
         AND NOT EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p')`,
    );
    expect(without).toEqual([]);
  });

  it('refuses a row that belongs to no case', async () => {
    const orphan = dataSource.query(
      `INSERT INTO case_text (id, case_id, salt) VALUES (gen_random_uuid(), gen_random_uuid(), '')`,
    );
    await expect(orphan).rejects.toThrow('case_text_case_fkey');
  });
});
