import { proxyActivities } from '@temporalio/workflow';
import type { CheckpointActivities } from '#activities/checkpoint/checkpoint.activities.js';
import type { CheckpointOutcome } from '#libs/contracts/checkpoint-workflow.js';

const { makeCheckpoint } = proxyActivities<CheckpointActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { maximumAttempts: 3 },
});

/** States once, signed and outside the database, where every log ends. */
export function checkpointWorkflow(): Promise<CheckpointOutcome> {
  return makeCheckpoint();
}
