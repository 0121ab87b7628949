import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port.js';

interface NotedProcess {
  name: string;
  pid: number;
}

/** `npm start` on ports and in a data folder of its own. */
export class Launcher {
  output = '';
  child: ChildProcess;

  constructor(
    readonly data: string,
    readonly ports: Record<string, string>,
  ) {}

  static async make(): Promise<Launcher> {
    const data = mkdtempSync(resolve(`.cache/e2e-${process.pid}-`)); // the next run clears up after a killed one
    chmodSync(data, 0o755); // under root, PostgreSQL runs as another user
    const names = ['PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'LMTP_PORT'];
    const ports = await Promise.all(names.map(async (name) => [name, String(await freePort())] as const));
    return new Launcher(data, Object.fromEntries(ports));
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports['PORT']}`;
  }

  spawn(): void {
    const { NODE_ENV: _mode, TEMPORAL_ADDRESS: _address, DATABASE_URL: _database, ...inherited } = process.env;
    const env = { ...inherited, ...this.ports, ACTION48_DATA: this.data };
    this.output = '';
    this.child = fork('apps/standalone/start.js', { env, silent: true }); // so that it ends with a killed test run
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  async start(): Promise<void> {
    this.spawn();
    await this.says(`Action48 is ready: http://localhost:${this.ports['PORT']}`);
  }

  /** Waits for a line of the launcher; its whole output is the error when it ends without it. */
  async says(text: string): Promise<void> {
    await until(() => {
      if (this.output.includes(text)) return true;
      if (this.child.exitCode !== null) throw new Error(`ended without "${text}":\n${this.output}`);
      return false;
    });
  }

  async stop(): Promise<void> {
    const left = this.child.exitCode === null ? this.parts() : [];
    this.child.kill('SIGTERM');
    await this.ended();
    for (const { pid } of left) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }

  async ended(): Promise<number | null> {
    await until(() => this.child.exitCode !== null || this.child.signalCode !== null);
    return this.child.exitCode;
  }

  /** Every process of this system except the launcher. */
  parts(): NotedProcess[] {
    const noted = JSON.parse(readFileSync(join(this.data, 'run.json'), 'utf8')) as { processes: NotedProcess[] };
    const postmaster = Number(readFileSync(join(this.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    return [...noted.processes, { name: 'postgres', pid: postmaster }];
  }

  pidOf(name: string): number {
    return this.parts().find((part) => part.name === name)?.pid ?? 0;
  }
}

/** A zombie has no command line any more. */
export function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

export async function until(condition: () => boolean, withinMs = 120_000): Promise<void> {
  for (const end = Date.now() + withinMs; !condition(); await new Promise((done) => setTimeout(done, 100)))
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
}
