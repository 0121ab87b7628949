import type { RetentionOutcome } from '#libs/contracts/retention-workflow.js';
import type { Retention } from '#libs/erasure/retention.js';
import { bare } from '../case/defects.js';

/** What the retention workflow may ask for. `stopping`: aborted when the worker is to end, which does not wait for it. */
export function createRetentionActivities(retention: Pick<Retention, 'run'>, stopping?: AbortSignal) {
  return {
    /** Erases what is over its time; safe to repeat. */
    async eraseWhatIsOver(): Promise<RetentionOutcome> {
      const erased = await retention.run(stopping).catch(bare);
      return { erased: erased.length };
    },
  };
}

export type RetentionActivities = ReturnType<typeof createRetentionActivities>;
