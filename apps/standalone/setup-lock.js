// One set-up at a time in a working folder: two would install over each other.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from './interrupts.js';
import { liveCommand } from './processes.js';
import { CACHE } from './settings.js';
import { during } from './terminal.js';

const LOCK = join(CACHE, 'setup.lock');

export async function withSetupLock(work) {
  mkdirSync(CACHE, { recursive: true });
  if (!(await take())) {
    const text = `waiting for another set-up (process ${owner()})`;
    await during('setup', text, () => waitFor(take), { announce: true });
  }
  try {
    return await work();
  } finally {
    if (owner() === process.pid) rmSync(LOCK, { force: true });
  }
}

async function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isSetup(owner())) return false;
    rmSync(LOCK, { force: true }); // its owner was killed
    return take();
  }
  await pause(20); // another one may have seen the same dead owner, and removed ours instead
  return owner() === process.pid;
}

async function waitFor(condition) {
  while (!(await condition())) await pause(300);
}

function owner() {
  try {
    return Number(readFileSync(LOCK, 'utf8'));
  } catch {
    return undefined;
  }
}

/** An empty lock is one being written at this moment. */
const isSetup = (pid) => pid === 0 || /standalone[/\\](setup|start)\.js/.test(liveCommand(pid));
