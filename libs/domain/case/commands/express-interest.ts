import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';
import { organisationOf, statusOf } from './responder.js';

/** A responder says that it may help. */
export const expressInterest = rule<object>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'interest_expressed',
  unless: (state, actor) =>
    ['interested', 'offered'].includes(statusOf(state, actor)) ? 'You have said so already.' : null,
  decide: (_, __, { actor }) => [{ type: 'interest_expressed', body: { organisationId: organisationOf(actor) } }],
});
