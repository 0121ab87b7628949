import type { Client } from '@temporalio/client';
import { CHECKPOINT_WORKFLOW, checkpointScheduleId } from '#libs/contracts/checkpoint-workflow.js';
import { keepSchedule } from './standing-schedule.js';

const EVERY = '15 minutes';

/** Creates the schedule of checkpoints, or brings the one that exists up to date; safe to repeat. */
export const scheduleCheckpoints = (client: Client, taskQueue: string): Promise<void> =>
  keepSchedule(client, {
    scheduleId: checkpointScheduleId(taskQueue),
    workflowType: CHECKPOINT_WORKFLOW,
    taskQueue,
    spec: { intervals: [{ every: EVERY }] },
    runTimeout: EVERY,
    catchup: '1 minute',
    atOnce: true,
  });
