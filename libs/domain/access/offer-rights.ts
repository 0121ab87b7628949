import { isCaseStaff, isGuest } from './roles.js';
import type { Actor } from './roles.js';

/** A standing offer as the rights look at it; of one that is to be made, the provider alone counts. */
export interface OfferSubject {
  organisationId: string;
  public: boolean;
  withdrawn: boolean;
}

/** What can be done with what an organisation offers. */
export const OFFER_ACTIONS = ['see-standing-offer', 'see-offer-contact', 'manage-standing-offer'] as const;
export type OfferAction = (typeof OFFER_ACTIONS)[number];

/**
 * Offers are public unless their provider says otherwise, contacts never are (product.md, Offer form). A provider's own
 * responders look after its offers, and whoever works on cases does where an offer came on paper.
 */
export function mayWithOffer(actor: Actor, action: OfferAction, offer: OfferSubject): boolean {
  if (isGuest(actor)) return false;
  if (isCaseStaff(actor.roles)) return true;
  const isProviders = actor.organisationId !== null && actor.organisationId === offer.organisationId;
  if (action === 'see-standing-offer') return isProviders || (offer.public && !offer.withdrawn);
  return isProviders && actor.roles.includes('responder');
}
