import type { EntityManager } from 'typeorm';
import type { MadeInvitation } from './invitations.js';

/** Tells people of their accounts; what is queued is sent only when the transaction stands. */
export interface InvitationMail {
  send(manager: EntityManager, personId: string, invitedBy: string, invitation: MadeInvitation): Promise<void>;
  /** Whoever stood in for this person has no account any more. */
  deputyEnded(manager: EntityManager, personId: string): Promise<void>;
}
