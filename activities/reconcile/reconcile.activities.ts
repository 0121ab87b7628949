import type { ReconcileOutcome } from '#libs/contracts/reconcile-workflow.js';
import type { Reconciler } from '#libs/reconciliation/reconciler.js';
import { bare } from '../case/defects.js';

/** What the reconcile workflow may ask for. `stopping`: aborted when the worker is to end, which does not wait for it. */
export function createReconcileActivities(reconciler: Pick<Reconciler, 'check'>, stopping?: AbortSignal) {
  return {
    /** Compares both stores and keeps the findings where the system page reads them. */
    async compareStores(): Promise<ReconcileOutcome> {
      const { checked, drift } = await reconciler.check(stopping).catch(bare);
      return { checked, drift: drift.length };
    },
  };
}

export type ReconcileActivities = ReturnType<typeof createReconcileActivities>;
