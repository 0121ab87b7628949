// Runs npm, apt-get and the like to their end.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { interrupted } from './interrupts.js';
import { CACHE, ROOT } from './settings.js';
import { Problem, tail } from './terminal.js';

/**
 * The output goes to .cache/logs/<name>.log; when the tool fails, its last lines are the cause of the error.
 * The tool leads a process group of its own, so that an interruption also ends what it started.
 */
export function runTool(name, command, args, { remedy, env = process.env, timeoutMs } = {}) {
  mkdirSync(join(CACHE, 'logs'), { recursive: true });
  const log = createWriteStream(join(CACHE, 'logs', `${name}.log`));
  let output = '';
  return new Promise((done, fail) => {
    if (interrupted.aborted) return fail(interrupted.reason);
    const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = () => endGroup(child.pid);
    const timer = timeoutMs && setTimeout(kill, timeoutMs);
    interrupted.addEventListener('abort', kill, { once: true });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        log.write(chunk);
        output = (output + chunk).slice(-20_000);
      });
    child.once('error', (error) => fail(new Problem(`${command} cannot be run: ${error.message}`, remedy)));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      interrupted.removeEventListener('abort', kill);
      log.end();
      if (interrupted.aborted) fail(interrupted.reason);
      else if (code === 0) done(output);
      else
        fail(
          new Problem(
            `${[command, ...args].join(' ')} failed (${signal ?? `code ${code}`}):\n${tail(output, 20)}`,
            remedy,
          ),
        );
    });
  });
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // it has ended meanwhile
  }
}

/** npm as the person started it, or the one on the PATH; run by this very Node. */
export function npm(args) {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.[cm]?js$/.test(script) ? [process.execPath, [script, ...args]] : ['npm', args];
}
