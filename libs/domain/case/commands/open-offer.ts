import { Refusal } from '../refusal.js';
import { hasOpenOffer } from '../invitations.js';
import type { CaseState } from '../state.js';

export const noOpenOffer = (state: CaseState): string | null =>
  hasOpenOffer(state) ? null : 'No offer is waiting for a decision.';

/** The organisation behind an offer on which nobody has decided yet. */
export function offerer({ offers }: CaseState, offerId: string): string {
  const offer = Object.hasOwn(offers, offerId) ? offers[offerId] : undefined;
  if (offer?.status !== 'open')
    throw new Refusal('unknown_subject', 'offerId: no offer waiting for a decision has this id.');
  return offer.organisationId;
}
