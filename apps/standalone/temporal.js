// The real Temporal development server, on a SQLite file.
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { end, sendSignal } from './processes.js';
import { pause } from './interrupts.js';
import { Problem } from './terminal.js';

const run = promisify(execFile);
const READY_WITHIN_MS = 60_000;

/** What the case workflow needs beyond the server's defaults: ten updates in flight would be too few on a busy case. */
export const SERVER_SETTINGS = ['--dynamic-config-value', 'history.maxInFlightUpdates=200'];

/**
 * @param {{ path: string, port: number, uiPort: number, file: string, namespace: string, log: string } & import('./supervisor.js').Context} options
 */
export async function startTemporal({ path, port, uiPort, file, namespace, log, signal, note }) {
  const address = ['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)];
  const store = ['--db-filename', file, '--namespace', namespace];
  const args = ['server', 'start-dev', ...address, ...store, '--log-level', 'error', ...SERVER_SETTINGS];
  const output = openSync(log, 'a');
  // Its own process group: Ctrl-C reaches the launcher alone, which ends the parts in order.
  const child = spawn(path, args, { detached: true, stdio: ['ignore', output, output], env: withoutTemporal() });
  closeSync(output);
  if (child.pid) note(child.pid);
  const ended = new Promise((done) => {
    child.once('exit', (code, by) => done(by ?? `code ${code}`));
    child.once('error', (error) => done(error.message));
  });
  const server = {
    pid: child.pid,
    ended: () => ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await end(child.pid);
    },
    kill: () => sendSignal(child.pid, 'SIGKILL'),
  };
  try {
    await ready({ path, port, namespace, child, signal });
    return server;
  } catch (error) {
    await server.stop();
    if (signal.aborted) throw error;
    throw new Problem(`The Temporal server is not ready: ${error.message}; its log is ${log}.`, REMEDY);
  }
}

const REMEDY =
  'read the log; if the file of the server is damaged, npm start -- --reset begins afresh and deletes the trial data; ' +
  'or set TEMPORAL_ADDRESS to a server of your own';

/** Ready means more than an open port: the namespace must be there. */
async function ready({ path, port, namespace, child, signal }) {
  const args = ['operator', 'namespace', 'describe', '--namespace', namespace, '--address', `127.0.0.1:${port}`];
  for (const until = Date.now() + READY_WITHIN_MS; ;) {
    await pause(100, signal);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    try {
      return await run(path, args, { env: withoutTemporal(), timeout: 5000 });
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/** The command reads TEMPORAL_* itself, and would then speak to another server. */
const withoutTemporal = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^TEMPORAL_/.test(name)));
