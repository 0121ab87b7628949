import { ruleOf } from '../case/commands/index.js';
import type { CommandVerb } from '../case/commands/index.js';
import type { CaseState } from '../case/state.js';
import { relationsOf } from './relations.js';
import type { Relation } from './relations.js';
import type { Actor, Role } from './roles.js';

export type Action = 'read' | CommandVerb;

/**
 * The one policy function: may this person do this to this case? Asked by the API before it shows or forwards anything,
 * and again by the decider at the moment a command takes effect.
 */
export function can(actor: Actor, action: Action, state: CaseState): boolean {
  const relations = relationsOf(actor, state);
  if (action === 'read') return relations.size > 0;
  return ruleOf(action).who.some((relation) => relations.has(relation));
}

/** What can be done with calendars and policies: see them, draft and publish them, put open cases on another version. */
export type RulesAction = 'read-rules' | 'publish-rules' | 'apply-rules';

const RULES_RIGHTS: Record<RulesAction, readonly Role[]> = {
  'read-rules': ['coordinator', 'coordinator_lead', 'isu', 'admin'],
  'publish-rules': ['coordinator_lead', 'admin'],
  'apply-rules': ['coordinator_lead'],
};

/** The same question for the rules that all cases go by. */
export const canWithRules = ({ roles }: Pick<Actor, 'roles'>, action: RulesAction): boolean =>
  RULES_RIGHTS[action].some((role) => roles.includes(role));

/** Groups of fields of `product.md`, Request form: R restricted, P participants, S States Parties. */
export type FieldGroup = 'restricted' | 'participants' | 'states_parties' | 'internal' | 'every_offer';

const SEES: Record<Relation, readonly FieldGroup[]> = {
  coordinator: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  lead: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  isu: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  owner: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  requester: ['restricted', 'participants', 'states_parties', 'every_offer'],
  invited_responder: ['participants', 'states_parties'],
  accepted_responder: ['participants', 'states_parties'],
  observer: ['states_parties'],
};

/** What this person may see of the case. */
export function visibleFields(actor: Actor, state: CaseState): ReadonlySet<FieldGroup> {
  return new Set([...relationsOf(actor, state)].flatMap((relation) => SEES[relation]));
}
