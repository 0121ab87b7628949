// Everything that `npm start` and `npm test` need on a fresh machine; quick when it is already there. No dependencies.
import './node-version.js';
import { buildWhenChanged } from './build.js';
import { obtainChromium } from './chromium.js';
import { catchInterrupts, interrupted } from './interrupts.js';
import { obtainDovecot } from './dovecot.js';
import { installPackages } from './packages.js';
import { withSetupLock } from './setup-lock.js';
import { ROOT } from './settings.js';
import { obtainTemporalBinary, TEMPORAL_CLI, TEST_SERVER } from './temporal-binaries.js';
import { complain, say } from './terminal.js';

export async function setUp({ forTests = false } = {}) {
  process.chdir(ROOT);
  await withSetupLock(async () => {
    await installPackages();
    await buildWhenChanged();
    await obtainTemporal();
    if (!forTests) return;
    await obtainTemporalBinary(TEST_SERVER);
    await obtainChromium();
    await obtainDovecot();
  });
}

async function obtainTemporal() {
  if (process.env.TEMPORAL_ADDRESS) say('temporal', `TEMPORAL_ADDRESS is set: using ${process.env.TEMPORAL_ADDRESS}`);
  else await obtainTemporalBinary(TEMPORAL_CLI);
}

if (process.argv[1] === import.meta.filename) {
  catchInterrupts(() => process.exit(130));
  try {
    await setUp({ forTests: process.argv.includes('--for-tests') });
  } catch (error) {
    if (!interrupted.aborted) complain(error);
    process.exit(interrupted.aborted ? 130 : 1);
  }
}
