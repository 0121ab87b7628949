import type { DataSource, EntityManager } from 'typeorm';

/**
 * Tables that the application may add to and read, and nothing else: what has been logged stays as it was written.
 * One that a deployment does not have yet is passed over.
 */
export const APPEND_ONLY = [
  'case_event',
  'admin_event',
  'access_log',
  'checkpoint',
  'checkpoint_leaf',
  'mail_template_version',
];

/** Only migrations write these. */
const READ_ONLY = ['migrations'];

/** There is no such role in PostgreSQL; `action48 migrate` says what to do. */
export class NoSuchRole extends Error {
  override name = 'NoSuchRole';
}

/**
 * Gives the application's role what it needs and takes from it what it must not have: it reads and writes rows, but
 * of the logs it may only add to the end. Safe to repeat; nothing in between is ever seen by others.
 * @param role as named in DATABASE_URL
 * @param dataSource connected as the owner of the tables
 * @returns granted, or why nothing was changed: `all_powerful`, when the role can do everything by itself (it owns
 * the tables, or is a superuser); `not_owner`, when the connection is not the owner's
 */
export function grantApplication(
  dataSource: DataSource,
  role: string,
): Promise<'granted' | 'all_powerful' | 'not_owner'> {
  return dataSource.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('action48 grants', 48))`);
    const { isAllPowerful, isOwner } = await standingOf(manager, role);
    if (isAllPowerful) return 'all_powerful';
    if (!isOwner) return 'not_owner';
    const name = quoted(role);
    for (const order of [
      `GRANT USAGE ON SCHEMA public TO ${name}`,
      `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
      // A table that somebody adds beside the migrations can be added to, and no more, until the next migration.
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO ${name}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${name}`,
    ])
      await manager.query(order);
    for (const table of await existing(manager, APPEND_ONLY))
      await manager.query(`REVOKE UPDATE, DELETE ON ${quoted(table)} FROM ${name}`);
    for (const table of await existing(manager, READ_ONLY))
      await manager.query(`REVOKE INSERT, UPDATE, DELETE ON ${quoted(table)} FROM ${name}`);
    return 'granted';
  });
}

/** Whether grants say nothing about this role, and whether ours can grant. @throws NoSuchRole */
async function standingOf(manager: EntityManager, role: string) {
  const [found] = await manager.query<{ isAllPowerful: boolean; isOwner: boolean }[]>(
    `SELECT r.rolsuper OR EXISTS (
         SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND pg_has_role(r.oid, c.relowner, 'MEMBER')) AS "isAllPowerful",
       NOT EXISTS (
         SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND NOT pg_has_role(c.relowner, 'USAGE')) AS "isOwner"
     FROM pg_roles r WHERE r.rolname = $1`,
    [role],
  );
  if (!found) throw new NoSuchRole(`PostgreSQL knows no role "${role}", which DATABASE_URL names.`);
  return found;
}

async function existing(manager: EntityManager, tables: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY ($1)`,
    [tables],
  );
  return rows.map(({ name }) => name);
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
