import { text } from '../events.js';
import { noOpenOffer, offerer } from './open-offer.js';
import { rule } from './rule.js';

/** The State declines an offer and says why. */
export const declineOffer = rule<{ offerId: string; reason: string }>({
  who: ['requester'],
  stages: ['matching'],
  records: 'offer_declined',
  unless: noOpenOffer,
  decide: ({ offerId, reason }, state) => [
    { type: 'offer_declined', body: { offerId, organisationId: offerer(state, offerId), reason: text(reason) } },
  ],
});
