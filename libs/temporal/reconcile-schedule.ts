import type { Client } from '@temporalio/client';
import { RECONCILE_WORKFLOW, reconcileScheduleId } from '#libs/contracts/reconcile-workflow.js';
import { keepSchedule } from './standing-schedule.js';

const EVERY = '10 minutes';

/** Creates the reconciler's schedule, or brings the one that exists up to date; safe to repeat. */
export function scheduleReconciler(client: Client, taskQueue: string): Promise<void> {
  return keepSchedule(client, {
    scheduleId: reconcileScheduleId(taskQueue),
    workflowType: RECONCILE_WORKFLOW,
    taskQueue,
    spec: { intervals: [{ every: EVERY }] },
    runTimeout: EVERY,
    catchup: '1 minute',
  });
}
