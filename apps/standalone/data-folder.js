// The folder that holds the trial's data. Marked as ours, because --reset deletes it whole.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { interrupted } from './interrupts.js';
import { stopLeftPostgres } from './postgres.js';
import { Problem, say } from './terminal.js';

const MARK = 'action48-trial-data.txt';

/** Makes the folder when it is missing; refuses one that belongs to something else. */
export function makeDataFolder(data) {
  requireOurs(data);
  // Under root, PostgreSQL's user passes through this folder, whatever root's umask is.
  if (mkdirSync(data, { recursive: true }) && process.getuid?.() === 0) chmodSync(data, 0o755);
  writeFileSync(join(data, MARK), 'Data of an Action48 trial. `npm start -- --reset` deletes this folder.\n');
}

/** Deletes the data; asks first where there is somebody to ask. */
export async function resetDataFolder(data, { yes }) {
  requireOurs(data);
  if (!existsSync(data)) return say('reset', `nothing to delete in ${data}`);
  if (process.stdin.isTTY && !yes && !(await agreed(data)))
    throw new Problem('Nothing was deleted.', 'answer "yes", or use npm start without --reset');
  await stopLeftPostgres(join(data, 'postgres'));
  rmSync(data, { recursive: true, force: true });
  say('reset', `deleted ${data}`);
}

function requireOurs(data) {
  const ours = basename(data) === '.action48' || existsSync(join(data, MARK));
  if (ours || !existsSync(data) || !readdirSync(data).length) return;
  throw new Problem(
    `${data} is not empty and not a data folder of Action48. Nothing was changed.`,
    'check ACTION48_DATA',
  );
}

async function agreed(data) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = `Delete ${data} with every case, mail and setting of this trial? Type yes: `;
    return (await terminal.question(question, { signal: interrupted })).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
