// Our own Node processes. They end with us even when we are killed, because their IPC channel closes.
import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { end, sendSignal } from './processes.js';
import { Problem, say } from './terminal.js';

const READY_WITHIN_MS = 90_000;

/** A process that stays: resolves when it has said that it is ready. */
export async function startNode({ name, file, env, log, signal, note }) {
  const part = launch({ name, file, args: [], env, log });
  if (part.pid) note(part.pid);
  const onAbort = () => void part.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  let timer;
  const late = new Promise(
    (done) => (timer = setTimeout(done, READY_WITHIN_MS, `not ready after ${READY_WITHIN_MS / 1000} s`)),
  );
  const ready = new Promise((done) => part.child.on('message', (message) => message === 'ready' && done('ready')));
  const outcome = await Promise.race([ready, part.ended(), late]);
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  if (outcome === 'ready' && !signal.aborted) return part;
  await part.stop();
  signal.throwIfAborted();
  throw new Problem(`${name} did not start (${outcome}).`, `read its lines above, or ${log}`);
}

/** A process that does one thing and ends; every line is shown. */
export async function runNode({ name, file, args, env, log, signal }) {
  const part = launch({ name, file, args, env, log });
  const onAbort = () => void part.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  const outcome = await part.ended();
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (outcome !== 'code 0') throw new Problem(`${name} failed (${outcome}).`, `read its lines above, or ${log}`);
}

function launch({ name, file, args, env, log }) {
  const child = fork(file, args, { env, silent: true, detached: true, execArgv: ['--enable-source-maps'] });
  passLinesOn({ name, child, log });
  const ended = new Promise((done) => {
    child.once('close', (code, by) => done(by ?? `code ${code}`));
    child.once('error', (error) => done(error.message));
  });
  return {
    child,
    pid: child.pid,
    ended: () => ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await end(child.pid);
    },
    kill: () => sendSignal(child.pid, 'SIGKILL'),
  };
}

/** Everything goes to the log, and to the terminal in words; LOG_LEVEL says how much there is. */
function passLinesOn({ name, child, log }) {
  const file = createWriteStream(log, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      say(name, readable(line));
    });
  child.once('close', () => file.end());
}

const LEVELS = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

/** A line of the structured log as words. */
function readable(line) {
  try {
    const { level, msg, err } = JSON.parse(line);
    if (!LEVELS[level]) return line;
    const detail = err?.message && err.message !== msg ? `: ${err.message}` : '';
    return `${LEVELS[level]}: ${msg ?? ''}${detail}`;
  } catch {
    return line;
  }
}
