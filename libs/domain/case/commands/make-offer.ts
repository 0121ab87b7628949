import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { organisationOf } from './responder.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';

/** A responder offers help: what, from when to when, and who pays. */
export const makeOffer = rule<{ text: string; from: string; to: string; funding: string }>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'offer_made',
  decide: ({ text: offer, from, to, funding }, _, { actor, newId }) => {
    if (to < from) throw new Refusal('invalid_particulars', 'to: must not be before from.');
    const organisationId = organisationOf(actor);
    return [{ type: 'offer_made', body: { offerId: newId(), organisationId, offer: text(offer), from, to, funding } }];
  },
});
