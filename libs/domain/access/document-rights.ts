import type { CaseState } from '../case/state.js';
import { GROUP_OF } from '../case/field-letters.js';
import type { Letter } from '../case/field-letters.js';
import { relationsOf } from './relations.js';
import type { Relation } from './relations.js';
import type { Actor } from './roles.js';
import { visibleFields } from './visible-fields.js';

/** A document as the rights look at it. */
export interface DocumentSubject {
  /** Of the case that it belongs to. */
  state: CaseState;
  /** The deployment's now (epoch ms), as for `visibleFields`. */
  at: number;
  letter: Letter;
  uploadedBy: string | null;
  /** The responder that it is from; null when it is from the State or from the coordinators. */
  organisationId: string | null;
}

/** What can be done with a document that is there. */
export const DOCUMENT_ACTIONS = ['read-document', 'release-document', 'remove-document'] as const;
export type DocumentAction = (typeof DOCUMENT_ACTIONS)[number];

/** The State, whoever works on the case, and responders whose offer the State has accepted. */
export const MAY_ADD_DOCUMENTS: readonly Relation[] = ['requester', 'coordinator', 'accepted_responder'];

/**
 * A document is read by whom its letter lets in, and by those whom it is from. The owner releases what they may read
 * themselves; whoever added a document takes it back.
 */
export function mayWithDocument(actor: Actor, action: DocumentAction, document: DocumentSubject): boolean {
  const relations = relationsOf(actor, document.state);
  if (!relations.size) return false;
  const own = document.uploadedBy === actor.personId;
  if (action === 'remove-document') return own;
  const readable =
    own ||
    (relations.has('invited_responder') && isFrom(actor, document)) ||
    visibleFields(actor, document.state, document.at).has(GROUP_OF[document.letter]);
  return action === 'read-document' ? readable : readable && relations.has('owner');
}

const isFrom = ({ organisationId }: Actor, document: DocumentSubject): boolean =>
  organisationId !== null && organisationId === document.organisationId;
