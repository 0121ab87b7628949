/** The reconciler's contract: a Temporal Schedule starts it every ten minutes on the queue of the case workers. */
export const RECONCILE_WORKFLOW = 'reconcileWorkflow';

/** One schedule a deployment; one that shares a namespace is told apart by its queue. */
export const reconcileScheduleId = (taskQueue: string): string =>
  taskQueue === 'case' ? 'schedule/reconcile' : `schedule/reconcile/${taskQueue}`;

/** What the workflow's history keeps: figures only; the findings are in the database. */
export interface ReconcileOutcome {
  checked: number;
  drift: number;
}
