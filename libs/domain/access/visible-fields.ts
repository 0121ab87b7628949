import type { CaseState } from '../case/state.js';
import { isOrStandsInFor, RELATIONS, relationsOf } from './relations.js';
import type { Actor } from './roles.js';

/**
 * Groups of what there is to read of a case. The first three are the letters of the request form (R restricted,
 * P participants, S States Parties); the others are of the work on it: what those share who do it, the offers and
 * answers of every responder, and what coordinators write for themselves.
 */
export const FIELD_GROUPS = [
  'restricted',
  'participants',
  'states_parties',
  'shared_work',
  'every_offer',
  'internal',
] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/** Why somebody may read: how they stand to the case, or a lead who has opened it with a reason. */
export const GROUNDS = [...RELATIONS, 'break_glass'] as const;
export type Ground = (typeof GROUNDS)[number];

const without = (hidden: FieldGroup): FieldGroup[] => FIELD_GROUPS.filter((group) => group !== hidden);

const SEES: Record<Ground, readonly FieldGroup[]> = {
  coordinator: FIELD_GROUPS,
  lead: without('restricted'),
  isu: FIELD_GROUPS,
  owner: FIELD_GROUPS,
  // One of the staff, who reads as such; a lead who is asked to take a case over has not taken it yet.
  hand_over_receiver: [],
  requester: without('internal'),
  invited_responder: ['participants', 'states_parties'],
  accepted_responder: ['participants', 'states_parties', 'shared_work'],
  observer: ['states_parties'],
  break_glass: ['restricted'],
};

/**
 * On what grounds somebody reads the case. The lead acts as its owner and as a coordinator, but reads as the lead: what
 * is restricted only as the owner by name, or while the case stands open to them (`at`: epoch ms, the deployment's now).
 */
export function groundsOf(actor: Actor, state: CaseState, at: number): ReadonlySet<Ground> {
  const grounds = new Set<Ground>(relationsOf(actor, state));
  if (grounds.has('lead') || grounds.has('isu')) grounds.delete('coordinator');
  if (!isOrStandsInFor(actor, state.ownerId)) grounds.delete('owner');
  const until = grounds.has('lead') ? glassUntil(actor, state) : null;
  if (until !== null && at < until) grounds.add('break_glass');
  return grounds;
}

/**
 * What this person may see of the case at an instant (epoch ms, the deployment's now). Responders see of the request what
 * the State has agreed to, which may be the summary alone.
 */
export function visibleFields(actor: Actor, state: CaseState, at: number): ReadonlySet<FieldGroup> {
  const summaryOnly = state.consent?.shows === 'summary';
  const seen = new Set(
    [...groundsOf(actor, state, at)].flatMap((ground) =>
      summaryOnly && isResponder(ground) ? SEES[ground].filter((group) => group !== 'participants') : SEES[ground],
    ),
  );
  return new Set(FIELD_GROUPS.filter((group) => seen.has(group)));
}

const isResponder = (ground: Ground): boolean => ground === 'invited_responder' || ground === 'accepted_responder';

/** Until when (epoch ms) this person has opened what is restricted, whether or not that is over; null: never did. */
export const glassUntil = ({ personId }: Actor, { glass }: CaseState): number | null =>
  // Rows from before a case could be opened so have none.
  glass && Object.hasOwn(glass, personId) ? (glass[personId] ?? null) : null;
