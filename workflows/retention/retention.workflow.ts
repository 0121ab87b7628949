import { proxyActivities } from '@temporalio/workflow';
import type { RetentionActivities } from '#activities/retention/retention.activities.js';
import type { RetentionOutcome } from '#libs/contracts/retention-workflow.js';

const { eraseWhatIsOver } = proxyActivities<RetentionActivities>({
  startToCloseTimeout: '1 hour',
  retry: { initialInterval: '1 minute', maximumAttempts: 5 },
});

/** Erases once what has been kept for as long as it may be. */
export function retentionWorkflow(): Promise<RetentionOutcome> {
  return eraseWhatIsOver();
}
