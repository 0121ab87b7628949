import type { DeclineReason, Via } from '../answers.js';
import { text } from '../events.js';
import { hasOpenOffer } from '../invitations.js';
import { Refusal } from '../refusal.js';
import { organisationOf, statusOf } from './responder.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';
import { viaOf } from './via.js';

/** A responder says that it cannot help, and why: in one of a few words, in its own, or both. */
export const declineInvitation = rule<{ why?: DeclineReason; reason?: string } & Via>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'invitation_declined',
  unless: (state, actor) => {
    if (statusOf(state, actor) === 'declined') return 'You have declined already.';
    return hasOpenOffer(state, organisationOf(actor)) ? 'You have made an offer; the State decides on it.' : null;
  },
  decide: ({ why, reason, ...via }, _, { actor }) => {
    if (!why && !reason) throw new Refusal('invalid_particulars', 'reason: say why, or choose one of the reasons.');
    return [
      {
        type: 'invitation_declined',
        body: {
          organisationId: organisationOf(actor),
          reason: reason ? text(reason) : null,
          ...(why && { why }),
          ...viaOf(via),
        },
      },
    ];
  },
});
