import type { MailSequencesOutcome } from '#libs/contracts/mail-sequences-workflow.js';
import type { MailSequences } from '#libs/mail-sequences/mail-sequences.js';
import { bare } from '../case/defects.js';

/** What the workflow of the reminders may ask for. */
export function createMailSequencesActivities(sequences: Pick<MailSequences, 'run'>) {
  return {
    /** Queues the reminders that are owed by now; safe to repeat. */
    async remindOfWhatRests(): Promise<MailSequencesOutcome> {
      return { queued: await sequences.run().catch(bare) };
    },
  };
}

export type MailSequencesActivities = ReturnType<typeof createMailSequencesActivities>;
