import { proxyActivities } from '@temporalio/workflow';
import type { MailSequencesActivities } from '#activities/mail-sequences/mail-sequences.activities.js';
import type { MailSequencesOutcome } from '#libs/contracts/mail-sequences-workflow.js';

const { remindOfWhatRests } = proxyActivities<MailSequencesActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '10 seconds', maximumAttempts: 5 },
});

/** Looks once at what rests and reminds of it. */
export function mailSequencesWorkflow(): Promise<MailSequencesOutcome> {
  return remindOfWhatRests();
}
