// Programs that tests run and that Debian has: found on the path, else installed where we may. Never required.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { interrupted } from './interrupts.js';
import { during, say, seconds } from './terminal.js';
import { runTool } from './tools.js';

/** Where servers are that are not on everybody's path. */
const SERVER_FOLDERS = ['/usr/local/sbin', '/usr/sbin'];

/** @returns {string | undefined} the first program of these names that can be run */
export const onPath = (names) =>
  names
    .flatMap((name) =>
      [...(process.env.PATH ?? '').split(delimiter), ...SERVER_FOLDERS].map((folder) => join(folder, name)),
    )
    .find(isExecutable);

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const canInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && Boolean(onPath(['apt-get']));

/** @returns {Promise<string | undefined>} why it could not be installed */
export async function installPackage(name) {
  const since = Date.now();
  // RUNLEVEL: a server is installed and not started; a test starts its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) => runTool('apt-get', 'apt-get', args, { env });
  try {
    await during(
      name,
      'installing with apt-get',
      async () => {
        await apt('update');
        await apt('install', '-y', '--no-install-recommends', name);
      },
      { announce: true },
    );
    say(name, `installed in ${seconds(since)}`);
    return undefined;
  } catch (error) {
    if (interrupted.aborted) throw error;
    return error.message.split('\n').at(-1).trim();
  }
}
