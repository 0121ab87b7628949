import { rule } from './rule.js';
import { notOffered, standing } from './standing-hand-over.js';

/** The offer to hand the case over is taken back before it was answered. */
export const withdrawHandOver = rule<object>({
  who: ['owner'],
  stages: 'open',
  records: 'hand_over_withdrawn',
  evenWhen: ['suspended', 'dormant'],
  unless: notOffered,
  decide: (_, state) => {
    const { to, from } = standing(state);
    return [{ type: 'hand_over_withdrawn', body: { receiverId: to, ownerId: from } }];
  },
});
