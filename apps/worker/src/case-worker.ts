import { NativeConnection, Worker } from '@temporalio/worker';
import type { CaseActivities } from '#activities/case/case.activities.js';
import type { CheckpointActivities } from '#activities/checkpoint/checkpoint.activities.js';
import type { MailSequencesActivities } from '#activities/mail-sequences/mail-sequences.activities.js';
import type { ReconcileActivities } from '#activities/reconcile/reconcile.activities.js';
import type { RetentionActivities } from '#activities/retention/retention.activities.js';
import { CASE_TASK_QUEUE } from '#libs/contracts/case-workflow.js';
import type { TemporalPlace } from '#libs/temporal/connection.js';
import { dataConverter } from '#libs/temporal/data-converter.js';

/** Cached workflows: about 70 KiB each; more than this are replayed from their history when they wake. */
const MAX_CACHED_WORKFLOWS = 2_000;

/**
 * The Temporal worker of the case queue. Its pollers are many and its sticky ratio low, so that the first command
 * after a start does not wait for a poller.
 */
export async function createCaseWorker(
  { temporalAddress, temporalNamespace, temporalTaskQueue = CASE_TASK_QUEUE, payloadKeys }: TemporalPlace,
  bundlePath: string,
  activities: CaseActivities &
    Partial<ReconcileActivities & RetentionActivities & CheckpointActivities & MailSequencesActivities>,
): Promise<{ worker: Worker; close: () => Promise<void> }> {
  const connection = await NativeConnection.connect({ address: temporalAddress });
  const worker = await Worker.create({
    connection,
    namespace: temporalNamespace,
    taskQueue: temporalTaskQueue,
    dataConverter: dataConverter(payloadKeys),
    workflowBundle: { codePath: bundlePath },
    activities,
    maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
    maxConcurrentWorkflowTaskPolls: 20,
    nonStickyToStickyPollRatio: 0.5,
    shutdownGraceTime: '5 seconds',
  });
  return { worker, close: () => connection.close() };
}
