// The browser for the page tests. It is never required: without it those tests say that they did not run.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { interrupted } from './interrupts.js';
import { during, say, seconds } from './terminal.js';
import { runTool } from './tools.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {{ path: string } | { reason: string }} */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given)
    return isExecutable(given) ? { path: given } : { reason: `CHROMIUM_PATH=${given} is not an executable file` };
  const path = onPath(NAMES);
  return path ? { path } : { reason: 'no Chromium found: install it or set CHROMIUM_PATH' };
}

export async function obtainChromium() {
  let found = findChromium();
  if (!found.path && !process.env.CHROMIUM_PATH && canInstall()) found = await install();
  say('chromium', found.path ?? `browser tests will say "not run": ${found.reason}`);
}

const canInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && Boolean(onPath(['apt-get']));

async function install() {
  const since = Date.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => runTool('apt-get', 'apt-get', args, { env });
  try {
    await during(
      'chromium',
      'installing with apt-get',
      async () => {
        await apt('update');
        await apt('install', '-y', '--no-install-recommends', 'chromium');
      },
      { announce: true },
    );
    say('chromium', `installed in ${seconds(since)}`);
    return findChromium();
  } catch (error) {
    if (interrupted.aborted) throw error;
    return { reason: error.message.split('\n').at(-1).trim() };
  }
}

const onPath = (names) =>
  names
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find(isExecutable);

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
