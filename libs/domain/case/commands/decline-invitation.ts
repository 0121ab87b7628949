import { text } from '../events.js';
import { hasOpenOffer } from '../invitations.js';
import { organisationOf, statusOf } from './responder.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';

/** A responder says that it cannot help, and why. */
export const declineInvitation = rule<{ reason: string }>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'invitation_declined',
  unless: (state, actor) => {
    if (statusOf(state, actor) === 'declined') return 'You have declined already.';
    return hasOpenOffer(state, organisationOf(actor)) ? 'You have made an offer; the State decides on it.' : null;
  },
  decide: ({ reason }, _, { actor }) => [
    { type: 'invitation_declined', body: { organisationId: organisationOf(actor), reason: text(reason) } },
  ],
});
