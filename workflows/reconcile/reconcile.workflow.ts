import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '#activities/reconcile/reconcile.activities.js';
import type { ReconcileOutcome } from '#libs/contracts/reconcile-workflow.js';

const { compareStores } = proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '8 minutes',
  retry: { maximumAttempts: 2 },
});

/** Holds PostgreSQL and Temporal against each other once; it reports and never repairs. */
export function reconcileWorkflow(): Promise<ReconcileOutcome> {
  return compareStores();
}
