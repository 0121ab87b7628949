import { rule } from './rule.js';

/** A coordinator makes the case their own. */
export const take = rule<object>({
  who: ['coordinator'],
  stages: 'open',
  records: 'owner_assigned',
  evenWhen: ['suspended', 'dormant'],
  unless: ({ ownerId }, actor) => (ownerId === actor.personId ? 'You own this case already.' : null),
  decide: (_, __, { actor }) => [{ type: 'owner_assigned', body: { ownerId: actor.personId } }],
});
