import type { Party } from '#libs/domain/case/clock-policy.js';

/** Who hears of a clock. */
export const PARTY_WORDS: Record<Party, string> = {
  requester: 'the State that asks',
  responder: 'the responder',
  receiver: 'whoever the case is offered to',
  L0: 'the owner of the case',
  L1: 'the coordinator lead',
  L2: 'the ISU Director',
  L3: 'the President',
};
