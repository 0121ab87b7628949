import type { Via } from '../answers.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';
import { organisationOf, statusOf } from './responder.js';
import { viaOf } from './via.js';

/** A responder says that it may help. */
export const expressInterest = rule<Via>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'interest_expressed',
  unless: (state, actor) =>
    ['interested', 'offered'].includes(statusOf(state, actor)) ? 'You have said so already.' : null,
  decide: (via, _, { actor }) => [
    { type: 'interest_expressed', body: { organisationId: organisationOf(actor), ...viaOf(via) } },
  ],
});
