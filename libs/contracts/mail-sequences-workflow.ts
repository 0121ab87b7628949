/** The reminders that hang on no case: a Temporal Schedule starts them every hour on the queue of the case workers. */
export const MAIL_SEQUENCES_WORKFLOW = 'mailSequencesWorkflow';

/** A look each hour, some minutes past it. */
export const MAIL_SEQUENCES_EVERY = { everyMs: 3_600_000, offsetMs: 7 * 60_000 } as const;

/** One schedule a deployment; one that shares a namespace is told apart by its queue. */
export const mailSequencesScheduleId = (taskQueue: string): string =>
  taskQueue === 'case' ? 'schedule/mail-sequences' : `schedule/mail-sequences/${taskQueue}`;

/** What the workflow's history keeps: a figure only; whom it concerns stands in the mail ledger. */
export interface MailSequencesOutcome {
  queued: number;
}
