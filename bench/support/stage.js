// PostgreSQL and the Temporal development server as the trial runs them, and our processes on top, on free ports.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { startPostgres, stopLeftPostgres } from '../../apps/standalone/postgres.js';
import { end, liveCommand, sendSignal } from '../../apps/standalone/processes.js';
import { CACHE, ROOT } from '../../apps/standalone/settings.js';
import { findTemporalBinary, obtainTemporalBinary, TEMPORAL_CLI } from '../../apps/standalone/temporal-binaries.js';
import { startTemporal } from '../../apps/standalone/temporal.js';
import { tail } from '../../apps/standalone/terminal.js';
import { freePort } from '../../test/support/free-port.js';

const TEMPORAL_PID = 'temporal.pid';
const TEMPLATE = 'bench_template';

/** Servers of one run. PostgreSQL is durable: fsync on, synchronous commit on. */
export class Stage {
  #stops = [];
  #processes = [];

  /** @param {AbortSignal} signal ends what is still starting */
  static async build(signal) {
    const stage = new Stage();
    stage.signal = signal;
    stage.folder = join(CACHE, `bench-${process.pid}`);
    await clearLeftovers();
    mkdirSync(join(stage.folder, 'logs'), { recursive: true });
    chmodSync(stage.folder, 0o755); // under root, PostgreSQL runs as another user
    try {
      await Promise.all([stage.#startPostgres(), stage.#startTemporal()]);
      await stage.#makeTemplate();
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  async #startPostgres() {
    this.postgresData = join(this.folder, 'postgres');
    const server = await startPostgres({ folder: this.postgresData, port: await freePort() });
    this.#stops.push(() => server.stop());
    this.urlOf = server.url;
    this.admin = new pg.Client(server.url('postgres'));
    await this.admin.connect();
    this.#stops.push(() => this.admin.end());
  }

  async #startTemporal() {
    const { path } = findTemporalBinary(TEMPORAL_CLI) ?? (await obtainTemporalBinary(TEMPORAL_CLI));
    const [port, uiPort] = [await freePort(), await freePort()];
    const place = { file: join(this.folder, 'temporal.db'), log: this.log('temporal'), namespace: 'default' };
    const note = (pid) => writeFileSync(join(this.folder, TEMPORAL_PID), String(pid));
    const server = await startTemporal({ path, port, uiPort, ...place, signal: this.signal, note });
    this.#stops.push(() => server.stop());
    this.temporalPath = path;
    this.temporalAddress = `127.0.0.1:${port}`;
  }

  async #makeTemplate() {
    await this.query(`CREATE DATABASE ${TEMPLATE}`);
    const dataSource = await new DataSource(databaseOptions(this.urlOf(TEMPLATE))).initialize();
    await dataSource.runMigrations();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    await dataSource.destroy();
  }

  /** Ends our processes, so that those of one benchmark do not stand beside the next. */
  async endProcesses() {
    await Promise.all(this.#processes.splice(0).map((stop) => stop()));
  }

  /** The last to come is the first to go. */
  async stop() {
    await this.endProcesses();
    for (const stop of this.#stops.reverse()) await stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async query(text, values) {
    return (await this.admin.query(text, values)).rows;
  }

  log = (name) => join(this.folder, 'logs', `${name}.log`);

  /** A database of its own with schema, reference data and the people of the demonstration, and a task queue of its own. `logged`: see StatementLog. */
  async system(name, { logged = false } = {}) {
    await this.query(`CREATE DATABASE bench_${name} TEMPLATE ${TEMPLATE}`);
    if (logged) await this.query(`ALTER DATABASE bench_${name} SET log_statement = 'all'`);
    const url = this.urlOf(`bench_${name}`);
    const dataSource = await new DataSource(databaseOptions(url, 20)).initialize();
    this.#stops.push(() => dataSource.destroy());
    const place = {
      temporalAddress: this.temporalAddress,
      temporalNamespace: 'default',
      temporalTaskQueue: `bench-${name}`,
    };
    return { name, url, dataSource, place };
  }

  /** One of our real processes on a system; resolves when it is ready. @returns {Promise<() => Promise<void>>} its end */
  async process(file, { name, url, place }, extra = {}) {
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      DEPLOYMENT: 'trial',
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: place.temporalAddress,
      TEMPORAL_NAMESPACE: place.temporalNamespace,
      TEMPORAL_TASK_QUEUE: place.temporalTaskQueue,
      LOG_LEVEL: 'warn',
      ...extra,
    };
    const logName = `${name}-${file.replaceAll('/', '-')}`;
    const log = openSync(this.log(logName), 'a');
    const child = fork(join(ROOT, file), { env, stdio: ['ignore', log, log, 'ipc'] });
    const stop = async () => {
      if (child.exitCode === null && child.signalCode === null) await end(child.pid);
    };
    this.#processes.push(stop);
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (message !== 'ready')
      throw new Error(`${file} did not start:\n${tail(readFileSync(this.log(logName), 'utf8'))}`);
    return stop;
  }

  worker = (system) => this.process('dist/apps/worker/src/main.js', system);

  /** @returns {Promise<string>} the address of the API */
  async api(system) {
    const port = await freePort();
    await this.process('dist/apps/api/src/main.js', system, {
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    return `http://127.0.0.1:${port}`;
  }
}

/** A run that was killed leaves its servers and its folder; the next one clears them up. */
async function clearLeftovers() {
  for (const name of readdirSync(CACHE).filter((entry) => /^bench-\d+$/.test(entry))) {
    if (liveCommand(name.split('-')[1]).includes('bench')) continue;
    const folder = join(CACHE, name);
    await stopLeftPostgres(join(folder, 'postgres'));
    const note = join(folder, TEMPORAL_PID);
    const pid = existsSync(note) && readFileSync(note, 'utf8');
    if (pid && liveCommand(pid).includes(folder)) sendSignal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
