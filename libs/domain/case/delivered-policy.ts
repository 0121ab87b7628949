import type { ClockPolicy } from './clock-policy.js';
import * as clock from './clocks/index.js';

/**
 * Clocks that came with a step which the program did not have before, so that no older log holds the event that starts
 * them (ADR 6). Every version has them: as it says itself, or else as they stand here.
 */
const LATER_CLOCKS: readonly ClockPolicy[] = [clock.handOver];

/** The clocks of a version with those that came later and that it does not name. */
export const withLaterClocks = (clocks: readonly ClockPolicy[]): ClockPolicy[] => [
  ...clocks,
  ...LATER_CLOCKS.filter(({ name }) => !clocks.some((one) => one.name === name)),
];

/**
 * The clocks of `product.md` as the program brings them: version 1 of the policy, in the order of a case's life. Cases run
 * on it for years, so what it says never changes; what is to be different becomes a later version, as data.
 */
export const DELIVERED_CLOCKS: readonly ClockPolicy[] = withLaterClocks([
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
]);
