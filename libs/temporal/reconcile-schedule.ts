import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { RECONCILE_WORKFLOW, reconcileScheduleId } from '#libs/contracts/reconcile-workflow.js';

const EVERY = '10 minutes';

/** Creates the reconciler's schedule, or brings the one that exists up to date; safe to repeat. */
export async function scheduleReconciler(client: Client, taskQueue: string): Promise<void> {
  const scheduleId = reconcileScheduleId(taskQueue);
  const schedule = {
    spec: { intervals: [{ every: EVERY }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
    action: {
      type: 'startWorkflow',
      workflowType: RECONCILE_WORKFLOW,
      workflowId: scheduleId,
      taskQueue,
      args: [],
      workflowRunTimeout: EVERY,
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await client.schedule.create({ scheduleId, ...schedule });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...schedule, state }));
  }
}
