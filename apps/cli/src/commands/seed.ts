import { seedDemoCases } from '#libs/demo/seed-cases.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';

/** `action48 seed [--demo]`: the reference data, and for a trial its people and cases. Never twice. */
export const seed: CliCommand = {
  words: 'seed',
  takes: '[--demo]',
  says: 'load the reference data; with --demo also the people and cases of the demonstration',
  run: async ({ config, database, options, progress, print }) => {
    if (options.demo && config().deployment === 'production')
      throw new UsageError('Demonstration data is for trial deployments only (DEPLOYMENT=trial).');
    const dataSource = await database();
    await seedReferenceData(dataSource);
    progress('reference data loaded');
    if (options.demo) {
      await seedDemoPeople(dataSource);
      await seedDemoCases(dataSource, (done, of) => {
        if (done % 5 === 0 || done === of) progress(`demonstration: ${done} of ${of} cases`);
      });
    }
    print({ seeded: true }, ['seeded']);
    return 0;
  },
};
