// A PostgreSQL cluster in a folder: made when missing, adopted when a killed launcher left it running.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { clusterUser, postgresPrograms, requireEntry } from './postgres-programs.js';
import { liveCommand, sendSignal, sleep } from './processes.js';
import { Problem, tail } from './terminal.js';

const run = promisify(execFile);
const NAME = 'action48'; // of the superuser, who owns the tables, and of the database
const APPLICATION = 'action48_app'; // may add to the logs, and not change them
const INITDB = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=und', '--lc-collate=C'];
const CTYPE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
const UNSAFE = '-c fsync=off -c synchronous_commit=off -c full_page_writes=off';

/**
 * @param {{ folder: string, port: number, durable?: boolean }} options not durable: for tests
 * @returns {Promise<{ url(database?: string): string, applicationUrl: string, pid: number, adopted: boolean, ended(): Promise<void>, stop(): Promise<void>, kill(): void }>}
 */
export async function startPostgres({ folder, port, durable = true }) {
  const data = resolve(folder);
  const programs = await postgresPrograms();
  const user = clusterUser(data);
  mkdirSync(dirname(data), { recursive: true });
  requireEntry(user, [data, programs.postgres]);
  const cluster = { data, programs, port, options: { ...user, cwd: '/', env: { ...process.env, LC_MESSAGES: 'C' } } };

  if (!existsSync(data)) await makeCluster(cluster);
  let server = runningServer(data);
  if (server && server.port !== port) {
    await stopServer(cluster);
    server = undefined;
  }
  const adopted = server !== undefined;
  if (!adopted) await startServer(cluster, durable);
  server ??= runningServer(data);
  const url = urlBuilder(data, port);
  await ensureDatabase(url);
  const applicationUrl = await ensureApplication(cluster, url);
  return {
    url,
    applicationUrl,
    adopted,
    pid: server.pid,
    ended: () => untilGone(server.pid),
    stop: () => stopServer(cluster),
    kill: () => sendSignal(server.pid, 'SIGQUIT'),
  };
}

/** Made beside its place and moved there when complete, so that a kill in between leaves nothing half-made. */
async function makeCluster({ data, programs, options }) {
  const fresh = `${data}.new`;
  const passwordFile = `${data}.password`;
  const own = (path) => options.uid !== undefined && chownSync(path, options.uid, options.gid);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  own(fresh);
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  own(passwordFile);
  const auth = ['--auth=scram-sha-256', `--username=${NAME}`, `--pwfile=${passwordFile}`];
  await run(programs.initdb, [`--pgdata=${fresh}`, ...auth, ...INITDB, `--lc-ctype=${CTYPE}`], options).catch(
    (error) => {
      throw new Problem(`PostgreSQL could not make its data folder:\n${tail(error.stderr || error.message)}`, REMEDY);
    },
  );
  renameSync(passwordFile, join(fresh, 'password'));
  renameSync(fresh, data);
}

const REMEDY =
  'see whether the disk is full and the folder writable; npm start -- --reset begins afresh and deletes the trial data; ' +
  'or set DATABASE_URL to a PostgreSQL of your own';

async function startServer({ data, programs, port, options }, durable) {
  const log = join(data, 'server.log');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' ${durable ? '' : UNSAFE}`;
  try {
    await run(programs.pg_ctl, ['start', '-w', '-D', data, '-l', log, '-o', settings], options);
  } catch (error) {
    const cause = existsSync(log) ? readFileSync(log, 'utf8') : error.message;
    throw new Problem(`PostgreSQL did not start:\n${tail(cause, 6)}`, REMEDY);
  }
}

async function stopServer({ data, programs, options }) {
  if (runningServer(data)) await run(programs.pg_ctl, ['stop', '-w', '-m', 'fast', '-t', '30', '-D', data], options);
}

/** Ends a server that a killed launcher left on this folder. */
export async function stopLeftPostgres(folder) {
  const data = resolve(folder);
  const server = runningServer(data);
  if (!server) return;
  sendSignal(server.pid, 'SIGINT'); // PostgreSQL's "fast" shutdown
  await untilGone(server.pid);
}

/**
 * The live server on this folder. A postmaster.pid whose process is gone, is a zombie, or is another program by now
 * is removed: PostgreSQL itself would take the last two for a running server.
 */
export function runningServer(folder) {
  const data = resolve(folder);
  const file = join(data, 'postmaster.pid');
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const [pid, , , port] = text.split('\n').map(Number);
  if (liveCommand(pid).includes(data)) return { pid, port };
  rmSync(file, { force: true });
  return undefined;
}

/** A server that is just ending removes its file at any moment. */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function untilGone(pid) {
  while (liveCommand(pid)) await sleep(500);
}

function urlBuilder(data, port) {
  const password = readFileSync(join(data, 'password'), 'utf8');
  return (database = NAME) => `postgres://${NAME}:${password}@127.0.0.1:${port}/${database}`;
}

async function ensureDatabase(url) {
  await connected(url('postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (!rowCount) await client.query(`CREATE DATABASE ${NAME}`);
  });
}

/** The role that everything but `migrate` runs as; a folder of an older version gets it now. */
async function ensureApplication({ data, options }, url) {
  const file = join(data, 'application-password');
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (options.uid !== undefined) chownSync(`${file}.new`, options.uid, options.gid);
    renameSync(`${file}.new`, file);
  }
  const password = readFileSync(file, 'utf8');
  await connected(url('postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION]);
    if (!rowCount) await client.query(`CREATE ROLE ${APPLICATION}`);
    // Also where a killed launcher had made the role and not yet its password.
    await client.query(`ALTER ROLE ${APPLICATION} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  });
  const address = new URL(url());
  [address.username, address.password] = [APPLICATION, password];
  return address.toString();
}

async function connected(url, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
