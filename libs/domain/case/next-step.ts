import { callsDue, STATE_SIDE } from './contact-ladder.js';
import { hasOpenOffer, hasOpenQuestion, nobodyIsLeft } from './invitations.js';
import type { CaseState } from './state.js';
import { ENDED } from './stages.js';

/** Steps that are somebody else's: calling a responder comes before waiting for it. */
const WAITING = ['Wait for responders', 'Wait for an offer', 'Follow the work'];

/** The step that moves the case on, in words for a queue; null when nothing is left to do. */
export function nextStep(state: CaseState): string | null {
  const calls = callsDue(state);
  if (calls.includes(STATE_SIDE)) return 'Call the State';
  const step = ownStep(state);
  return calls.length && step !== null && WAITING.includes(step) ? 'Call the responder' : step;
}

function ownStep(state: CaseState): string | null {
  if (state.sideState && ENDED.includes(state.sideState)) return null;
  if (state.sideState === 'suspended') return 'Review the suspension';
  if (state.sideState === 'dormant') return 'Call the State';
  switch (state.stage) {
    case 'submitted':
      return 'Acknowledge';
    case 'verification':
      return 'Verify who asks';
    case 'triage':
      return state.ownerId ? 'Triage' : 'Take the case';
    case 'returned':
      return 'Wait for the State’s answers';
    case 'consent':
      return state.consent?.status === 'requested' ? 'Wait for consent' : 'Ask for consent';
    case 'circulated':
      return state.round === 0 ? 'Circulate' : amongResponders(state, 'Wait for responders');
    case 'matching':
      return amongResponders(state, hasOpenOffer(state) ? 'Wait for the State’s decision' : 'Wait for an offer');
    case 'unmatched':
      return 'Circulate more widely';
    case 'planned':
      return 'Agree the plan';
    case 'delivery':
      return 'Follow the work';
    case 'national_process':
      return 'Follow the national process';
    case 'reporting':
      return state.reported ? 'Close the case' : 'Record the Article 7 report';
    case 'closed':
      return 'Collect the outcome';
  }
}

function amongResponders(state: CaseState, otherwise: string): string {
  if (hasOpenQuestion(state)) return 'Answer a question';
  return nobodyIsLeft(state) ? 'Circulate more widely' : otherwise;
}
