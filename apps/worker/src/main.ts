import 'reflect-metadata';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { DataSource } from 'typeorm';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { createCheckpointActivities } from '#activities/checkpoint/checkpoint.activities.js';
import { createMailSequencesActivities } from '#activities/mail-sequences/mail-sequences.activities.js';
import { createReconcileActivities } from '#activities/reconcile/reconcile.activities.js';
import { createRetentionActivities } from '#activities/retention/retention.activities.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { UndeliveredCases } from '#libs/case-store/undelivered-cases.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { ConfigError, loadConfig } from '#libs/config/config.js';
import { scanningOf } from '#libs/documents/scanning.js';
import { Retention } from '#libs/erasure/retention.js';
import { MailSequences } from '#libs/mail-sequences/mail-sequences.js';
import { log, nestLog, sdkEntry } from '#libs/observability/log.js';
import { nestLevels, temporalLevel } from '#libs/observability/log-levels.js';
import { reportPresence } from '#libs/observability/presence.js';
import { Reconciler } from '#libs/reconciliation/reconciler.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { scheduleCheckpoints } from '#libs/temporal/checkpoint-schedule.js';
import { scheduleMailSequences } from '#libs/temporal/mail-sequences-schedule.js';
import { scheduleReconciler } from '#libs/temporal/reconcile-schedule.js';
import { scheduleRetention } from '#libs/temporal/retention-schedule.js';
import { createCaseWorker } from './case-worker.js';
import { ScanRounds } from './scan-rounds.js';
import { Relay } from './relay.js';
import { untilDone } from './standing-orders.js';
import { WorkerModule } from './worker.module.js';

const BUNDLE = resolve(import.meta.dirname, '../../../workflow-bundle.js');

/** Hosts the case workflows and their activities, and starts what was opened while Temporal was away. */
async function main(): Promise<void> {
  const config = loadConfig();
  Runtime.install({ logger: new DefaultLogger(temporalLevel(config.logLevel), sdkEntry), shutdownSignals: [] });
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: nestLog(nestLevels(config.logLevel)),
    abortOnError: false,
  });
  const dataSource = app.get(DataSource);
  const checkpointer = app.get<Checkpointer | null>(Checkpointer);
  const stopping = new AbortController();
  const { worker, close } = await createCaseWorker(config, BUNDLE, {
    ...createCaseActivities(app.get(CaseStore)),
    ...createReconcileActivities(app.get(Reconciler), stopping.signal),
    ...createRetentionActivities(app.get(Retention), stopping.signal),
    ...createMailSequencesActivities(app.get(MailSequences)),
    ...createCheckpointActivities(checkpointer),
  });
  const warn = (what: string) => (error: unknown) => log('warn', what, error);
  const relay = new Relay(
    app.get(UnstartedCases),
    app.get(RuleChanges),
    app.get(CaseClient),
    app.get(UndeliveredCases),
    warn('relay'),
  );
  const scanning = scanningOf(dataSource, config);
  const scanRounds = scanning && new ScanRounds(scanning, warn('scanner'));
  const schedule = async () => {
    await scheduleReconciler(app.get(Client), config.temporalTaskQueue);
    await scheduleRetention(app.get(Client), config.temporalTaskQueue);
    await scheduleMailSequences(app.get(Client), config.temporalTaskQueue);
    if (checkpointer) await scheduleCheckpoints(app.get(Client), config.temporalTaskQueue);
  };
  const stopReporting = reportPresence(dataSource, 'worker');
  const stop = () => {
    stopping.abort(new Error('the worker stops'));
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  process.once('disconnect', stop);
  relay.start();
  scanRounds?.start();
  const stopScheduling = untilDone(schedule, warn('schedule'));
  process.send?.('ready');
  await worker.run();
  stopReporting();
  stopScheduling();
  await relay.stop();
  await scanRounds?.stop();
  await close();
  await dataSource.destroy();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  },
);
