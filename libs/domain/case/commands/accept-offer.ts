import { noOpenOffer, offerer } from './open-offer.js';
import { rule } from './rule.js';

/** The State accepts an offer; a plan is drawn up. */
export const acceptOffer = rule<{ offerId: string }>({
  who: ['requester'],
  stages: ['matching'],
  records: 'offer_accepted',
  unless: noOpenOffer,
  decide: ({ offerId }, state) => [
    { type: 'offer_accepted', body: { offerId, organisationId: offerer(state, offerId) } },
  ],
});
