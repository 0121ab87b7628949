import { Unknown } from '#libs/people/refused.js';
import { found } from '../cases/case-problems.js';
import { administering } from '../people/people-problems.js';

/** What a door answers to each way in which a decision on a message can fail. */
export async function deciding(work: () => Promise<void>): Promise<void> {
  await administering(async () => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Unknown) found(null, 'message');
      throw error;
    }
  });
}
