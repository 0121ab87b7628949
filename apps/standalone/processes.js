// Looking at processes and ending them. /proc where there is one: small images have no `ps`.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const proc = existsSync('/proc/self/cmdline');

/** The command line of a live process, or '' when there is none or only its zombie is left. */
export function liveCommand(pid) {
  if (!Number.isInteger(Number(pid)) || Number(pid) < 1) return '';
  try {
    return proc ? fromProc(pid) : fromPs(pid);
  } catch {
    return '';
  }
}

function fromProc(pid) {
  const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)[0];
  if (state === 'Z' || state === 'X') return '';
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}

function fromPs(pid) {
  const line = execFileSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return line.startsWith('Z') ? '' : line.replace(/^\S+\s+/, '');
}

/** SIGTERM, and SIGKILL for what is still there after the time limit. */
export async function end(pid, { graceMs = 10_000 } = {}) {
  if (!sendSignal(pid, 'SIGTERM')) return;
  for (const until = Date.now() + graceMs; Date.now() < until && liveCommand(pid);) await sleep(50);
  if (liveCommand(pid)) sendSignal(pid, 'SIGKILL');
}

export function sendSignal(pid, signal) {
  try {
    return process.kill(Number(pid), signal);
  } catch {
    return false;
  }
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
