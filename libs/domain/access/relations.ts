import { acceptedBy } from '../case/invitations.js';
import type { CaseState } from '../case/state.js';
import { isCaseStaff, isGuest } from './roles.js';
import type { Actor } from './roles.js';

/** How a person stands to a case. Every right is a right of a relation, never of a role alone. */
export const RELATIONS = [
  'coordinator',
  'lead',
  'isu',
  'owner',
  'hand_over_receiver',
  'requester',
  'invited_responder',
  'accepted_responder',
  'observer',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** The relations that hold, from the person's roles and organisation and the case's facts. */
export function relationsOf(actor: Actor, state: CaseState): ReadonlySet<Relation> {
  const has = (role: Actor['roles'][number]) => actor.roles.includes(role);
  const lead = has('coordinator_lead');
  const coordinator = isCaseStaff(actor.roles);
  const organisation = actor.organisationId ?? '';
  const responder = has('responder') && Object.hasOwn(state.invitations, organisation);
  const holds: Record<Relation, boolean> = {
    coordinator,
    lead,
    isu: has('isu'),
    // The lead may do what the owner may: a case is never stuck because its owner is away.
    owner: coordinator && (isOrStandsInFor(actor, state.ownerId) || lead),
    // Nobody is made an owner by another's word: a deputy does not answer for whoever is away.
    hand_over_receiver: coordinator && state.handOver?.to === actor.personId,
    requester: (has('requester') && actor.stateCode === state.requestingState) || isGuestHere(actor, state),
    invited_responder: responder,
    accepted_responder: responder && acceptedBy(state).includes(organisation),
    observer: has('observer') && state.escalatedTo >= 3,
  };
  return new Set(RELATIONS.filter((relation) => holds[relation]));
}

/** Whether it is this person, or somebody on leave whose place they take meanwhile. */
export const isOrStandsInFor = ({ personId, standsInFor = [] }: Actor, id: string | null): boolean =>
  id !== null && (personId === id || standsInFor.includes(id));

const isGuestHere = (actor: Actor, { caseId }: CaseState): boolean => isGuest(actor) && actor.guestOf === caseId;
