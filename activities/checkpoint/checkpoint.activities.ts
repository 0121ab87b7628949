import type { Checkpointer } from '#libs/audit/checkpointer.js';
import type { CheckpointOutcome } from '#libs/contracts/checkpoint-workflow.js';
import { bare } from '../case/defects.js';

/** What the checkpoint workflow may ask for; null: this deployment has set no place for checkpoints. */
export function createCheckpointActivities(checkpointer: Pick<Checkpointer, 'make'> | null) {
  return {
    async makeCheckpoint(): Promise<CheckpointOutcome> {
      return { made: checkpointer && (await checkpointer.make().catch(bare)) };
    },
  };
}

export type CheckpointActivities = ReturnType<typeof createCheckpointActivities>;
