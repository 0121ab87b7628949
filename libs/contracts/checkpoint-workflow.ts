/** The contract of checkpoints: a Temporal Schedule starts the workflow every quarter of an hour on the queue of the case workers. */
export const CHECKPOINT_WORKFLOW = 'checkpointWorkflow';

/** One schedule a deployment; one that shares a namespace is told apart by its queue. */
export const checkpointScheduleId = (taskQueue: string): string =>
  taskQueue === 'case' ? 'schedule/checkpoint' : `schedule/checkpoint/${taskQueue}`;

/** What the workflow's history keeps: figures only; null where no place for checkpoints is set. */
export interface CheckpointOutcome {
  made: { number: number; size: number; added: number } | null;
}
