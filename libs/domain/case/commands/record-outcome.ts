import { relationsOf } from '../../access/relations.js';
import { text } from '../events.js';
import { rule } from './rule.js';

/** Each side says what came of it. */
export const recordOutcome = rule<{ text: string }>({
  who: ['requester', 'accepted_responder', 'owner'],
  stages: ['closed'],
  records: 'outcome_recorded',
  decide: ({ text: words }, state, { actor }) => {
    const side = relationsOf(actor, state).has('requester')
      ? ('requester' as const)
      : actor.roles.includes('responder')
        ? ('responder' as const)
        : ('coordinator' as const);
    return [{ type: 'outcome_recorded', body: { side, text: text(words) } }];
  },
});
