import { ruleOf } from '../case/commands/index.js';
import type { CommandVerb } from '../case/commands/index.js';
import type { CaseState } from '../case/state.js';
import { DEPLOYMENT_RIGHTS } from './deployment-rights.js';
import type { DeploymentAction } from './deployment-rights.js';
import { mayWithPerson, PERSON_ACTIONS } from './person-rights.js';
import type { PersonAction, PersonSubject } from './person-rights.js';
import { relationsOf } from './relations.js';
import type { Relation } from './relations.js';
import type { Actor } from './roles.js';

/** What can be done with one case. */
export type CaseAction = 'read' | CommandVerb;
export type Action = CaseAction | DeploymentAction | PersonAction;

/**
 * The one policy function: may this person do this, to this case, this person, or the deployment as a whole? Asked by
 * every door before it shows or forwards anything, and again by the decider at the moment a command takes effect.
 */
export function can(actor: Actor, action: CaseAction, state: CaseState): boolean;
export function can(actor: Actor, action: PersonAction, person: PersonSubject): boolean;
export function can(actor: Actor, action: DeploymentAction): boolean;
export function can(actor: Actor, action: Action, subject?: CaseState | PersonSubject): boolean {
  if (isDeploymentAction(action)) return DEPLOYMENT_RIGHTS[action].some((role) => actor.roles.includes(role));
  if (isPersonAction(action)) return mayWithPerson(actor, action, subject as PersonSubject);
  const relations = relationsOf(actor, subject as CaseState);
  if (action === 'read') return relations.size > 0;
  return ruleOf(action).who.some((relation) => relations.has(relation));
}

const isDeploymentAction = (action: Action): action is DeploymentAction => Object.hasOwn(DEPLOYMENT_RIGHTS, action);
const isPersonAction = (action: Action): action is PersonAction => PERSON_ACTIONS.includes(action as PersonAction);

/** Groups of fields of `product.md`, Request form: R restricted, P participants, S States Parties. */
export type FieldGroup = 'restricted' | 'participants' | 'states_parties' | 'internal' | 'every_offer';

const SEES: Record<Relation, readonly FieldGroup[]> = {
  coordinator: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  lead: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  isu: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  owner: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  hand_over_receiver: ['restricted', 'participants', 'states_parties', 'internal', 'every_offer'],
  requester: ['restricted', 'participants', 'states_parties', 'every_offer'],
  invited_responder: ['participants', 'states_parties'],
  accepted_responder: ['participants', 'states_parties'],
  observer: ['states_parties'],
};

/** What this person may see of the case. Responders see of the request what the State has agreed to, which may be nothing. */
export function visibleFields(actor: Actor, state: CaseState): ReadonlySet<FieldGroup> {
  const groups = [...relationsOf(actor, state)].flatMap((relation) =>
    isResponder(relation) && state.consent?.shows === 'summary'
      ? SEES[relation].filter((group) => group !== 'participants')
      : SEES[relation],
  );
  return new Set(groups);
}

const isResponder = (relation: Relation): boolean =>
  relation === 'invited_responder' || relation === 'accepted_responder';
