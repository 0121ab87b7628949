import { text } from '../events.js';
import { rule } from './rule.js';
import { notOffered, standing } from './standing-hand-over.js';

/** The receiver does not take the case over, and says why; it stays with its owner. */
export const rejectHandOver = rule<{ reason: string }>({
  who: ['hand_over_receiver'],
  stages: 'open',
  records: 'hand_over_rejected',
  evenWhen: ['suspended', 'dormant'],
  unless: notOffered,
  decide: ({ reason }, state) => {
    const { to, from } = standing(state);
    return [{ type: 'hand_over_rejected', body: { receiverId: to, ownerId: from, reason: text(reason) } }];
  },
});
