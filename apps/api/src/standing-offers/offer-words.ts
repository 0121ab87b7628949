import type { OfferState } from '#libs/standing-offers/offer-view.js';
import { OTHER_STATES } from './offer-states.js';

export const OFFER_STATE_WORDS: Record<OfferState, string> = {
  valid: 'valid',
  expired: 'expired',
  withdrawn: 'withdrawn',
};

/** What is said once after something was done, by the `done` in the address. */
const DONE_OFFER_WORDS: Record<string, string> = {
  added: 'The offer is made.',
  changed: 'The changes are saved.',
  renewed: 'The offer is renewed. Nobody is reminded of it until it is about to end again.',
  withdrawn: 'The offer is withdrawn.',
};

export const doneOffer = (done: unknown): string | null =>
  typeof done === 'string' && Object.hasOwn(DONE_OFFER_WORDS, done) ? (DONE_OFFER_WORDS[done] ?? null) : null;

/** Everything here that pages say. */
export const OFFER_WORDS: readonly string[] = [
  ...Object.values(OFFER_STATE_WORDS),
  ...Object.values(DONE_OFFER_WORDS),
  // Hints, which the macro of a date translates itself.
  'At most 12 months from today',
  OTHER_STATES,
];
