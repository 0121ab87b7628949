// `npm ci`, when the lockfile is not the one that was installed last.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.js';
import { during, say, seconds } from './terminal.js';
import { npm, runTool } from './tools.js';

const STAMP = join(ROOT, 'node_modules/.action48-lock');
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');

export async function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === wanted) return say('packages', 'up to date');
  if (installedByHand()) {
    writeFileSync(STAMP, `${wanted}\n`);
    return say('packages', 'up to date (installed with npm)');
  }
  const since = Date.now();
  // Also with NODE_ENV=production: the build needs the development packages.
  const [command, args] = npm(['ci', '--no-audit', '--no-fund', '--include=dev']);
  await during(
    'packages',
    'installing with npm ci, about a minute',
    () => runTool('npm-ci', command, args, { remedy }),
    {
      announce: true,
    },
  );
  writeFileSync(STAMP, `${wanted}\n`);
  say('packages', `installed in ${seconds(since)}`);
}

const remedy =
  'check the connection to the package registry (npm ping; npm config get registry) and that this folder is writable, ' +
  'then run the same command again; the whole output is in .cache/logs/npm-ci.log';

/** A developer's own `npm install` leaves the same tree: npm's record of it names every package that the lockfile names. */
function installedByHand() {
  if (!existsSync(INSTALLED)) return false;
  const locked = packagesOf(join(ROOT, 'package-lock.json'));
  const installed = packagesOf(INSTALLED);
  return (
    Object.entries(locked).every(([path, entry]) => path === '' || same(entry, installed[path])) &&
    Object.keys(installed).every((path) => path in locked)
  );
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

const same = (entry, found) =>
  found ? entry.version === found.version && entry.integrity === found.integrity : entry.optional || entry.devOptional;
