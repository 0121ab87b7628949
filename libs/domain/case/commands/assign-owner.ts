import { Refusal } from '../refusal.js';
import { rule } from './rule.js';

/** The case is handed to a coordinator. */
export const assignOwner = rule<{ ownerId: string }>({
  who: ['coordinator', 'lead'],
  stages: 'open',
  records: 'owner_assigned',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ ownerId }, _, { coordinators }) => {
    if (!coordinators.includes(ownerId))
      throw new Refusal('unknown_subject', 'ownerId: no coordinator has this id. Choose a coordinator.');
    return [{ type: 'owner_assigned', body: { ownerId } }];
  },
});
