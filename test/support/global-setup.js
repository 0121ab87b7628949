// Starts, once for all e2e specs: Postgres, the Temporal development server and the workflow bundle.
// Plain JavaScript on purpose: Node's own resolver loads it, and there #libs/* means dist.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { findChromium } from '../../apps/standalone/chromium.js';
import { startPostgres } from '../../apps/standalone/postgres.js';
import {
  findTemporalBinary,
  obtainTemporalBinary,
  TEMPORAL_CLI,
  TEST_SERVER,
} from '../../apps/standalone/temporal-binaries.js';
import { SERVER_SETTINGS } from '../../apps/standalone/temporal.js';
import { freePort } from './free-port.js';
import { clearLeftovers } from './leftovers.js';

export default async function globalSetup() {
  mkdirSync('.cache', { recursive: true });
  await clearLeftovers(resolve('.cache'));
  const folder = mkdtempSync(resolve(`.cache/e2e-${process.pid}-`));
  chmodSync(folder, 0o755); // under root, Postgres runs as another user
  const [postgres, temporal, testServer, bundle] = await Promise.all([
    freePort().then((port) =>
      timed('postgres', startPostgres({ folder: join(folder, 'postgres'), port, durable: false })),
    ),
    timed('temporal', startTemporal(folder)),
    binary(TEST_SERVER),
    timed('bundle', bundleFromSource(folder)),
  ]);
  const chromium = findChromium();
  Object.assign(process.env, {
    TEST_DATABASE_URL: postgres.url(),
    TEST_APPLICATION_URL: postgres.applicationUrl,
    TEST_TEMPORAL_ADDRESS: temporal.address,
    TEST_WORKFLOW_BUNDLE: bundle,
    TEMPORAL_TEST_SERVER_PATH: testServer,
    ...(temporal.path && { TEMPORAL_CLI_PATH: temporal.path }),
    ...(chromium.path ? { TEST_CHROMIUM_PATH: chromium.path } : { TEST_CHROMIUM_MISSING: chromium.reason }),
  });
  globalThis.__e2e = { folder, postgres, temporal };
}

async function timed(name, promise) {
  const start = Date.now();
  const result = await promise;
  if (process.env.E2E_TIMES) console.error(`${name} ${Date.now() - start} ms`);
  return result;
}

/** Set-up has them ready; a bare `jest` may be the first to ask. */
const binary = async (which) => (findTemporalBinary(which) ?? (await obtainTemporalBinary(which))).path;

async function startTemporal(folder) {
  if (process.env.TEMPORAL_ADDRESS) return { address: process.env.TEMPORAL_ADDRESS, stop: () => {} };
  const path = await binary(TEMPORAL_CLI);
  const port = String(await freePort());
  const address = `127.0.0.1:${port}`;
  const place = ['--headless', '--ip', '127.0.0.1', '--port', port, '--log-level', 'error'];
  const server = spawn(path, ['server', 'start-dev', ...place, ...SERVER_SETTINGS], { stdio: 'ignore' });
  writeFileSync(join(folder, 'temporal.pid'), String(server.pid));
  process.once('exit', () => server.kill('SIGKILL')); // a failed set-up has no teardown
  const stop = () => new Promise((done) => server.once('exit', done) && server.kill('SIGTERM'));
  for (let attempt = 0; ; attempt += 1) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 500 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      return { address, path, stop };
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

async function bundleFromSource(folder) {
  const { code } = await bundleWorkflowCode({
    workflowsPath: resolve('workflows/index.ts'),
    failureConverterPath: resolve('libs/temporal/failure-converter.ts'),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: ['source', '...'] },
    }),
  });
  const path = join(folder, 'workflow-bundle.js');
  writeFileSync(path, code);
  return path;
}
