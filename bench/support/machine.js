// What the figures were measured on. No host name and no path: the output is committed.
import { execFile } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { percentile } from './statistics.js';

const SYNCS = 300;
const PAGE = Buffer.alloc(8192, 7);

/** @param {import('./stage.js').Stage} stage */
export async function describeMachine(stage) {
  const [{ server_version: postgres }] = await stage.query('SHOW server_version');
  const [{ fsync }] = await stage.query('SHOW fsync');
  const { stdout } = await promisify(execFile)(stage.temporalPath, ['--version']);
  const [cli, server] = /version (\S+).*Server (\S+?),/.exec(stdout)?.slice(1) ?? [stdout.trim(), ''];
  return {
    node: process.version,
    postgres: postgres.split(' ')[0],
    fsync,
    temporalCli: cli,
    temporalServer: server,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cpus: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    fdatasyncUs: fdatasyncUs(stage.folder),
  };
}

/** Load over the last minute. */
export const load = () => Math.round(loadavg()[0] * 100) / 100;

/** Median microseconds to write a page and have it on the disk. */
function fdatasyncUs(folder) {
  const file = join(folder, 'fdatasync');
  const handle = openSync(file, 'w');
  const times = Array.from({ length: SYNCS }, () => {
    const since = process.hrtime.bigint();
    writeSync(handle, PAGE, 0, PAGE.length, 0);
    fdatasyncSync(handle);
    return Number(process.hrtime.bigint() - since) / 1000;
  });
  closeSync(handle);
  rmSync(file);
  return Math.round(percentile(times, 0.5));
}
