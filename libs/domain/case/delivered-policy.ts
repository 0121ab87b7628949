import type { ClockPolicy } from './clock-policy.js';
import * as clock from './clocks/index.js';

/**
 * The clocks of `product.md` as the program brings them: version 1 of the policy, in the order of a case's life. Cases run
 * on it for years, so it never changes; what is to be different becomes a later version, as data.
 */
export const DELIVERED_CLOCKS: readonly ClockPolicy[] = [
  clock.acknowledge,
  clock.verify,
  clock.assignOwner,
  clock.triage,
  clock.answer,
  clock.consentRequest,
  clock.consent,
  clock.circulate,
  clock.responderAnswer,
  clock.answerQuestion,
  clock.firstOffer,
  clock.acceptableOffer,
  clock.offerDecision,
  clock.secondRound,
  clock.placement,
  clock.plan,
  clock.responderUpdate,
  clock.requesterView,
  clock.milestone,
  clock.heartbeat,
  clock.recordAdoption,
  clock.reporting,
  clock.closure,
  clock.outcomeForm,
  clock.followUp,
  clock.suspensionReview,
];
