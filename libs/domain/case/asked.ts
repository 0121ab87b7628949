import { WITH_RESPONDERS } from './commands/stages-before.js';
import { acceptedBy } from './invitations.js';
import { ENDED } from './stages.js';
import type { CaseState } from './state.js';

/** Somebody who was asked by mail, and for what: whether their organisation is interested, or how its work stands. */
export interface Asked {
  personId: string;
  organisationId: string;
  purpose: 'answer' | 'progress';
}

/** Whether what somebody was asked by mail still waits for them. */
export function isStillAsked(state: CaseState, { personId, organisationId, purpose }: Asked): boolean {
  const { stage, sideState, contacts = {}, invitations } = state;
  if (sideState && ENDED.includes(sideState)) return false;
  const named = Object.hasOwn(contacts, organisationId) ? contacts[organisationId] : personId;
  if (named !== personId) return false;
  if (purpose === 'progress') return stage === 'delivery' && acceptedBy(state).includes(organisationId);
  return (
    WITH_RESPONDERS.includes(stage) &&
    Object.hasOwn(invitations, organisationId) &&
    invitations[organisationId] === 'invited'
  );
}
