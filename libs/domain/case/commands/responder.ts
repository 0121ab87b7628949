import type { Actor } from '../../access/roles.js';
import type { CaseState, InvitationStatus } from '../state.js';

export const organisationOf = ({ organisationId }: Actor): string => organisationId ?? '';

export const statusOf = (state: CaseState, actor: Actor): InvitationStatus =>
  state.invitations[organisationOf(actor)] ?? 'invited';
