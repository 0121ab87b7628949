import { rule } from './rule.js';
import { notOffered, standing } from './standing-hand-over.js';

/** The receiver takes the case over, and owns it from now on. */
export const acceptHandOver = rule<object>({
  who: ['hand_over_receiver'],
  stages: 'open',
  records: 'hand_over_accepted',
  evenWhen: ['suspended', 'dormant'],
  unless: notOffered,
  decide: (_, state) => {
    const { to, from } = standing(state);
    return [{ type: 'hand_over_accepted', body: { ownerId: to, from } }];
  },
});
