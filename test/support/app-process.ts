import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export type AppName = 'api' | 'worker' | 'mailer';

const mainOf = (app: AppName): string => resolve(`dist/apps/${app}/src/main.js`);

/** One of our processes as it is deployed: built, on its own, ended by signals. It ends with the test run, too. */
export class AppProcess {
  output = '';
  /** The signal or exit code it ended with. */
  readonly ended: Promise<string>;
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;

  private constructor(
    readonly app: AppName,
    env: NodeJS.ProcessEnv,
  ) {
    if (!existsSync(mainOf(app)))
      throw new Error('dist/ is missing: `npm test` builds it, or run node apps/standalone/setup.js --for-tests');
    this.child = fork(mainOf(app), { env, silent: true, execArgv: ['--enable-source-maps'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = new Promise((done) => this.child.once('close', (code, by) => done(by ?? `code ${code}`)));
    this.ready = new Promise((done) => this.child.on('message', (message) => message === 'ready' && done()));
  }

  static launch(app: AppName, env: NodeJS.ProcessEnv): AppProcess {
    return new AppProcess(app, env);
  }

  /** Resolves when the process says that it is ready; its output is the error when it ends before. */
  async isReady(): Promise<this> {
    const ended = await Promise.race([this.ready.then(() => null), this.ended]);
    if (ended !== null) throw new Error(`${this.app} ended before it was ready (${ended}):\n${this.output}`);
    return this;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async stop(): Promise<string> {
    if (this.isRunning) this.child.kill('SIGTERM');
    return this.ended;
  }
}
