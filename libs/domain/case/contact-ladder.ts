import type { EventBodies, LoggedEvent, NewEvent } from './events.js';
import { acceptedBy, invitedAs } from './invitations.js';
import { ENDED } from './stages.js';
import type { CaseState } from './state.js';

/** Whom the State is written to, one after the other: the contacts that its form names (`product.md`, Request form). */
export const REQUESTER_RUNGS = ['focal_point', 'alternate', 'mission'] as const;
/** Of a responder organisation: whoever answers for it, then whoever else has an account there. */
export const RESPONDER_RUNGS = ['responders', 'others'] as const;
export const RUNGS = [...REQUESTER_RUNGS, ...RESPONDER_RUNGS] as const;
export type Rung = (typeof RUNGS)[number];

/** Why a rung was left: its address refuses, mail came back, nobody reacted, or there is nobody on it. */
export const LEFT_BECAUSE = ['refused', 'bounced', 'silent', 'nobody'] as const;
export type LeftBecause = (typeof LEFT_BECAUSE)[number];

/** A side of a case that is written to: the State, or a responder organisation by its id. */
export type Side = string;
export const STATE_SIDE: Side = 'requester';

type Named = Pick<EventBodies['call_due'], 'party' | 'organisationId'>;
const named = (side: Side): Named =>
  side === STATE_SIDE ? { party: 'requester', organisationId: null } : { party: 'responder', organisationId: side };
export const sideOf = ({ party, organisationId }: Named): Side =>
  party === 'requester' ? STATE_SIDE : (organisationId ?? '');

export const rungsOf = (side: Side): readonly Rung[] => (side === STATE_SIDE ? REQUESTER_RUNGS : RESPONDER_RUNGS);

/** The rungs of a side that have been left since it was last heard of, in order. */
export const leftRungs = ({ unreached }: CaseState, side: Side) =>
  unreached && Object.hasOwn(unreached, side) ? (unreached[side] ?? []) : [];

/** Who of a side is written to now; null when nobody is left and the owner calls. */
export const currentRung = (state: CaseState, side: Side): Rung | null =>
  rungsOf(side)[leftRungs(state, side).length] ?? null;

/**
 * The rungs that a mail for a side goes to: the next contact instead of one whose address fails, and besides one that is
 * silent. When none is left, all of them once more: the ledger then shows that it was tried.
 */
export function rungsWrittenTo(state: CaseState, side: Side): readonly Rung[] {
  const current = currentRung(state, side);
  if (current === null) return rungsOf(side);
  return [...leftRungs(state, side).flatMap(({ rung, because }) => (because === 'silent' ? rung : [])), current];
}

/** The events by which a side leaves its rung; after the last one somebody has to call. Nothing when it has none left. */
export function leaveRung(state: CaseState, side: Side, because: LeftBecause, about: string | null = null): NewEvent[] {
  const rung = currentRung(state, side);
  if (rung === null) return [];
  const left: NewEvent = { type: 'contact_unreachable', body: { ...named(side), rung, because, about } };
  const isLast = rung === rungsOf(side).at(-1);
  return isLast ? [left, { type: 'call_due', body: named(side) }] : [left];
}

/** Organisations from which something may still be awaited. */
const counting = (state: CaseState): string[] =>
  acceptedBy(state).length ? acceptedBy(state) : invitedAs(state, 'invited', 'interested', 'question', 'offered');

/** Whether a side still has a part in the case. */
export const takesPart = (state: CaseState, side: Side): boolean =>
  side === STATE_SIDE || counting(state).includes(side);

/** The sides that their owner has to call, the State first; none of a case that has ended. */
export function callsDue(state: CaseState): Side[] {
  if (state.sideState && ENDED.includes(state.sideState)) return [];
  return Object.keys(state.unreached ?? {})
    .filter((side) => currentRung(state, side) === null && takesPart(state, side))
    .sort((a, b) => Number(b === STATE_SIDE) - Number(a === STATE_SIDE));
}

/** What only the State does, or what nobody knows but from the State. */
const OF_THE_STATE: readonly NewEvent['type'][] = [
  'answered',
  'consent_given',
  'consent_refused',
  'offer_accepted',
  'offer_declined',
  'view_given',
  'process_confirmed',
  'measure_adopted',
  'withdrawn',
];
const OF_A_RESPONDER: readonly NewEvent['type'][] = [
  'interest_expressed',
  'invitation_declined',
  'question_asked',
  'offer_made',
  'progress_updated',
];

/** The sides that have been heard of by an event: they acted, or somebody has spoken to them. `state`: right before it. */
export function heardOf({ type, body, actorId }: LoggedEvent, state: CaseState): Side[] {
  if (type === 'contact_logged') return body.reached ? [body.reached] : [];
  if (OF_THE_STATE.includes(type) || (actorId !== null && actorId === state.submittedBy)) return [STATE_SIDE];
  if (type === 'outcome_recorded') {
    if (body.side === 'coordinator') return [];
    return body.side === 'requester' ? [STATE_SIDE] : acceptedBy(state);
  }
  return OF_A_RESPONDER.includes(type) && 'organisationId' in body && body.organisationId ? [body.organisationId] : [];
}

/** The case after these sides have been heard of: they are written to as at the beginning. */
export function withReached(state: CaseState, sides: readonly Side[]): CaseState {
  if (!sides.some((side) => leftRungs(state, side).length)) return state;
  const unreached = Object.entries(state.unreached ?? {}).filter(([side]) => !sides.includes(side));
  return { ...state, unreached: Object.fromEntries(unreached) };
}
