// A test run that was killed leaves its servers and its folder under .cache/; the next run clears them up.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopLeftPostgres } from '../../apps/standalone/postgres.js';
import { liveCommand, sendSignal } from '../../apps/standalone/processes.js';

/** Folders are named `e2e-<process id>-…` after the run that made them. */
export async function clearLeftovers(cache) {
  for (const name of readdirSync(cache).filter((entry) => /^e2e-\d+-/.test(entry))) {
    if (liveCommand(name.split('-')[1]).includes('jest')) continue;
    const folder = join(cache, name);
    await stopLeftPostgres(join(folder, 'postgres'));
    stopLeftTemporal(join(folder, 'temporal.pid'));
    rmSync(folder, { recursive: true, force: true });
  }
}

function stopLeftTemporal(file) {
  if (!existsSync(file)) return;
  const pid = readFileSync(file, 'utf8');
  if (liveCommand(pid).includes('start-dev')) sendSignal(pid, 'SIGKILL');
}
