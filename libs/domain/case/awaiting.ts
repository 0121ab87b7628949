import { callsDue, STATE_SIDE } from './contact-ladder.js';
import type { CaseState } from './state.js';
import { hasOpenOffer, hasOpenQuestion, nobodyIsLeft } from './invitations.js';
import { ENDED } from './stages.js';

export type Awaited = 'coordinator' | 'state' | 'responder';

/** Whose move it is; null when the case has ended or rests. Who cannot be reached is not waited for: somebody has to call. */
export function awaiting(state: CaseState): Awaited | null {
  const awaited = moveOf(state);
  const calls = callsDue(state);
  const calling =
    (awaited === 'state' && calls.includes(STATE_SIDE)) ||
    (awaited === 'responder' && calls.some((side) => side !== STATE_SIDE));
  return calling ? 'coordinator' : awaited;
}

/** The same without regard to who can be reached: what the sides themselves are told. */
export function moveOf(state: CaseState): Awaited | null {
  const { stage, sideState } = state;
  if (sideState === 'dormant') return 'state';
  if (sideState === 'suspended' || (sideState && ENDED.includes(sideState))) return null;
  switch (stage) {
    case 'returned':
    case 'national_process':
      return 'state';
    case 'consent':
      return state.consent?.status === 'requested' ? 'state' : 'coordinator';
    case 'circulated':
      return state.round === 0 || fallsToCoordinator(state) ? 'coordinator' : 'responder';
    case 'matching':
      if (hasOpenOffer(state)) return 'state';
      return fallsToCoordinator(state) ? 'coordinator' : 'responder';
    case 'delivery':
      return 'responder';
    case 'closed':
      return null;
    case 'submitted':
    case 'verification':
    case 'triage':
    case 'unmatched':
    case 'planned':
    case 'reporting':
      return 'coordinator';
  }
}

/** A question is open, or every responder has declined and others must be found. */
const fallsToCoordinator = (state: CaseState): boolean => hasOpenQuestion(state) || nobodyIsLeft(state);
