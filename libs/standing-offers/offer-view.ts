import type { Organisation } from '#libs/database/entities/organisation.entity.js';
import type { StandingOffer } from '#libs/database/entities/standing-offer.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { OfferSubject } from '#libs/domain/access/offer-rights.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { OfferFacts } from './offer-facts.js';

export const OFFER_STATES = ['valid', 'expired', 'withdrawn'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** An offer as somebody reads it. */
export type OfferView = Omit<OfferFacts, 'organisationId' | 'contactName' | 'contactEmail'> & {
  id: string;
  provider: { id: string; code: string; name: string; kind: string };
  state: OfferState;
  /** Never public: null for whoever may not read it. */
  contact: { name: string; email: string } | null;
  /** ISO 8601 UTC. */
  confirmedAt: string;
  revision: number;
  /** Whether the reader may change, renew and withdraw it. */
  manages: boolean;
};

export const subjectOf = ({ organisationId, public: isPublic, withdrawnAt }: StandingOffer): OfferSubject => ({
  ...{ organisationId, public: isPublic, withdrawn: withdrawnAt !== null },
});

/** @param today the civil date in Geneva */
export const stateOf = ({ withdrawnAt, validUntil }: StandingOffer, today: string): OfferState =>
  withdrawnAt ? 'withdrawn' : validUntil < today ? 'expired' : 'valid';

/** What this reader sees of an offer that they may see. @param today the civil date in Geneva */
export function viewOf(offer: StandingOffer, provider: Organisation, actor: Actor, today: string): OfferView {
  const subject = subjectOf(offer);
  const { organisationId: _organisation, contactName, contactEmail, ...facts } = offer;
  const { withdrawnAt: _withdrawn, authorId: _author, createdAt: _created, confirmedAt, ...shown } = facts;
  return {
    ...shown,
    provider: { id: provider.id, code: provider.code, name: provider.name, kind: provider.kind },
    state: stateOf(offer, today),
    contact: can(actor, 'see-offer-contact', subject) ? { name: contactName, email: contactEmail } : null,
    confirmedAt: confirmedAt.toISOString(),
    manages: can(actor, 'manage-standing-offer', subject),
  };
}
