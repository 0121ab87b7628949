import { Reconciler } from '#libs/reconciliation/reconciler.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import type { CliCommand } from '../command.js';

/** `action48 reconcile [--repair]`: holds both stores against each other; zero drift is the only good answer. */
export const reconcile: CliCommand = {
  words: 'reconcile',
  says: 'compare every case with its workflow, timer, ledger and chain; with --repair mend what can be mended',
  run: async ({ config, database, options, print, progress }) => {
    const client = new CaseClient(temporalClient(config()), config().commandDeadlineMs, config().temporalTaskQueue);
    const reconciler = new Reconciler(await database(), client);
    const findings = await reconciler.check();
    const { checked, drift } = findings;
    const repaired = options.repair ? await reconciler.repair(drift) : 0;
    if (options.repair) progress(`${repaired} repaired`);
    print({ ...findings, repaired }, [
      ...drift.map(({ subject, what }) => `${subject}: ${what}`),
      `${checked} open cases checked, ${drift.length} with drift`,
    ]);
    return drift.length ? 1 : 0;
  },
};
