import { ruleOf } from '../case/commands/index.js';
import type { CommandVerb } from '../case/commands/index.js';
import type { CaseState } from '../case/state.js';
import { DEPLOYMENT_RIGHTS } from './deployment-rights.js';
import type { DeploymentAction } from './deployment-rights.js';
import { DOCUMENT_ACTIONS, MAY_ADD_DOCUMENTS, mayWithDocument } from './document-rights.js';
import type { DocumentAction, DocumentSubject } from './document-rights.js';
import { mayWithOffer, OFFER_ACTIONS } from './offer-rights.js';
import type { OfferAction, OfferSubject } from './offer-rights.js';
import { mayWithPerson, PERSON_ACTIONS } from './person-rights.js';
import type { PersonAction, PersonSubject } from './person-rights.js';
import { relationsOf } from './relations.js';
import type { Actor } from './roles.js';
import { visibleFields } from './visible-fields.js';

/** What can be done with one case. */
export type CaseAction = 'read' | 'read-access-log' | 'read-replies' | 'add-document' | CommandVerb;
export type Action = CaseAction | DeploymentAction | PersonAction | OfferAction | DocumentAction;

/**
 * The one policy function: may this person do this, to this case, this person, this offer, this document, or the deployment as a whole? Asked by
 * every door before it shows or forwards anything, and again by the decider at the moment a command takes effect.
 * @param at of a case, the deployment's now (epoch ms): decides only whether it stands open to a lead
 */
export function can(actor: Actor, action: CaseAction, state: CaseState, at?: number): boolean;
export function can(actor: Actor, action: PersonAction, person: PersonSubject): boolean;
export function can(actor: Actor, action: OfferAction, offer: OfferSubject): boolean;
export function can(actor: Actor, action: DocumentAction, document: DocumentSubject): boolean;
export function can(actor: Actor, action: DeploymentAction): boolean;
export function can(
  actor: Actor,
  action: Action,
  subject?: CaseState | PersonSubject | OfferSubject | DocumentSubject,
  at = Infinity,
): boolean {
  if (isDeploymentAction(action)) return DEPLOYMENT_RIGHTS[action].some((role) => actor.roles.includes(role));
  if (isPersonAction(action)) return mayWithPerson(actor, action, subject as PersonSubject);
  if (isOfferAction(action)) return mayWithOffer(actor, action, subject as OfferSubject);
  if (isDocumentAction(action)) return mayWithDocument(actor, action, subject as DocumentSubject);
  // The log names people of the State: it is for those who may read what is restricted.
  if (action === 'read-access-log') return visibleFields(actor, subject as CaseState, at).has('restricted');
  // People write what they like: nobody's letter says less than what is restricted, and the State's are not for responders.
  if (action === 'read-replies') {
    const groups = visibleFields(actor, subject as CaseState, at);
    return groups.has('restricted') && groups.has('internal');
  }
  const relations = relationsOf(actor, subject as CaseState);
  if (action === 'read') return relations.size > 0;
  if (action === 'add-document') return MAY_ADD_DOCUMENTS.some((relation) => relations.has(relation));
  return ruleOf(action).who.some((relation) => relations.has(relation));
}

const isDeploymentAction = (action: Action): action is DeploymentAction => Object.hasOwn(DEPLOYMENT_RIGHTS, action);
const isPersonAction = (action: Action): action is PersonAction => PERSON_ACTIONS.includes(action as PersonAction);
const isDocumentAction = (action: Action): action is DocumentAction =>
  DOCUMENT_ACTIONS.includes(action as DocumentAction);
const isOfferAction = (action: Action): action is OfferAction => OFFER_ACTIONS.includes(action as OfferAction);

export { visibleFields } from './visible-fields.js';
export type { FieldGroup } from './visible-fields.js';
