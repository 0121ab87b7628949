import type { CliCommand } from '../command.js';

/** `action48 migrate`: brings the schema up to date; safe to run at every start. */
export const migrate: CliCommand = {
  words: 'migrate',
  says: 'bring the database schema up to date',
  run: async ({ database, print }) => {
    const done = await (await database()).runMigrations();
    const names = done.map(({ name }) => name);
    print({ migrations: names }, names.length ? names.map((name) => `applied ${name}`) : ['the schema is up to date']);
    return 0;
  },
};
