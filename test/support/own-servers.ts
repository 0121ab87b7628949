import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** A folder for servers of one spec; the next run clears up after one that was killed. */
export function serverFolder(): string {
  const folder = mkdtempSync(resolve(`.cache/e2e-${process.pid}-`));
  chmodSync(folder, 0o755); // under root, PostgreSQL runs as another user
  return folder;
}

/** A Temporal development server on a file, to be killed and started again. */
export class OwnTemporal {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {
    process.once('exit', () => this.child?.kill('SIGKILL'));
  }

  static async start(folder: string): Promise<OwnTemporal> {
    const server = new OwnTemporal(folder, await freePort());
    await server.start();
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const place = ['--headless', '--ip', '127.0.0.1', '--port', String(this.port), '--log-level', 'error'];
    const store = ['--db-filename', join(this.folder, 'temporal.db')];
    const settings = ['--dynamic-config-value', 'history.maxInFlightUpdates=200'];
    const args = ['server', 'start-dev', ...place, ...store, ...settings];
    this.child = spawn(process.env['TEMPORAL_CLI_PATH'] ?? 'temporal', args, { stdio: 'ignore' });
    writeFileSync(join(this.folder, 'temporal.pid'), String(this.child.pid));
    await until('the Temporal server answers', () => this.answers());
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  private async answers(): Promise<boolean> {
    try {
      const connection = await Connection.connect({ address: this.address, connectTimeout: 500 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      return true;
    } catch {
      return false;
    }
  }
}

/** A PostgreSQL cluster, to be stopped and started again. */
export class OwnPostgres {
  private constructor(
    private readonly data: string,
    private readonly port: number,
    readonly url: string,
  ) {}

  static async start(folder: string): Promise<OwnPostgres> {
    const [data, port] = [join(folder, 'postgres'), await freePort()];
    const url = await startCluster(data, port);
    const dataSource = await new DataSource(databaseOptions(url)).initialize();
    await dataSource.runMigrations();
    await dataSource.destroy();
    return new OwnPostgres(data, port, url);
  }

  async start(): Promise<void> {
    await startCluster(this.data, this.port);
  }

  /** In the middle of everything: connections are cut, nothing is finished. */
  async crash(): Promise<void> {
    await standalone(
      `const { pid } = m.runningServer(data); process.kill(pid, 'SIGQUIT');
       while (liveCommand(pid)) await sleep(100);`,
      this.data,
    );
  }

  async remove(): Promise<void> {
    await standalone('await m.stopLeftPostgres(data);', this.data);
    rmSync(this.data, { recursive: true, force: true });
  }
}

const startCluster = (data: string, port: number): Promise<string> =>
  standalone(`const { url } = await m.startPostgres({ folder: data, port: ${port} }); console.log(url());`, data);

/** The launcher's own handling of PostgreSQL, which is plain ESM: in a Node of its own. */
async function standalone(code: string, data: string): Promise<string> {
  const [postgres, processes] = ['postgres', 'processes'].map((name) =>
    JSON.stringify(resolve(`apps/standalone/${name}.js`)),
  );
  const modules = `const m = await import(${postgres}); const { liveCommand, sleep } = await import(${processes});`;
  const whole = `${modules} const data = ${JSON.stringify(data)}; ${code}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', whole]);
  return stdout.trim();
}
