import { grantApplication } from '#libs/database/grants.js';
import type { CliCommand } from '../command.js';

/** `action48 migrate`: brings the schema and the application's rights up to date; safe to run at every start. */
export const migrate: CliCommand = {
  words: 'migrate',
  says: 'bring the database schema, and what the application may do in it, up to date',
  run: async ({ config, ownerDatabase, print, progress }) => {
    const { databaseUrl, deployment } = config();
    const owner = await ownerDatabase();
    const done = await owner.runMigrations();
    const role = roleOf(databaseUrl);
    const outcome = await grantApplication(owner, role);
    const granted = outcome === 'granted';
    if (!granted && (deployment === 'production' || outcome === 'not_owner')) progress(WARNINGS[outcome]);
    const names = done.map(({ name }) => name);
    print({ migrations: names, ...(granted && { grantedTo: role }) }, [
      ...(names.length ? names.map((name) => `applied ${name}`) : ['the schema is up to date']),
      ...(granted ? [`${role} may add to the logs and not change them`] : []),
    ]);
    return 0;
  },
};

/** @returns the role that a postgres:// address names; PostgreSQL's own default when it names none */
const roleOf = (url: string): string =>
  decodeURIComponent(new URL(url).username) || process.env['PGUSER'] || process.env['USER'] || 'postgres';

const WARNINGS = {
  all_powerful:
    'warning: the application owns its tables, so it can change what it has logged. Give it a role of its own ' +
    'in DATABASE_URL and name the owner in DATABASE_OWNER_URL: docs/runbooks/deploy.md says how.',
  not_owner: 'warning: rights were left as they are, because only the owner can give them: set DATABASE_OWNER_URL.',
};
