/** The retention's contract: a Temporal Schedule starts it every day on the queue of the case workers. */
export const RETENTION_WORKFLOW = 'retentionWorkflow';

/** One schedule a deployment; one that shares a namespace is told apart by its queue. */
export const retentionScheduleId = (taskQueue: string): string =>
  taskQueue === 'case' ? 'schedule/retention' : `schedule/retention/${taskQueue}`;

/** What the workflow's history keeps: a figure only; what was erased is on the logs of the cases. */
export interface RetentionOutcome {
  erased: number;
}
