import type { Role } from '#libs/domain/access/roles.js';

/** What roles are called. */
export const ROLE_WORDS: Record<Role, string> = {
  requester: 'Focal point of a State',
  state_admin: 'Administrator of a State’s office',
  coordinator: 'Coordinator',
  coordinator_lead: 'Coordinator lead',
  isu: 'Implementation Support Unit',
  responder: 'Responder',
  observer: 'Observer',
  admin: 'Administrator',
};

/** One sentence beside the name of a role where it is given; all that it may is computed, at `/admin/roles`. */
export const ROLE_SENTENCES: Record<Role, string> = {
  requester: 'Sends requests in the name of the State, and answers, agrees and withdraws for it.',
  state_admin: 'Invites the people of their own office and says who of them does what.',
  coordinator: 'Looks after requests: sees every case, and leads those that they own.',
  coordinator_lead: 'Does what any owner of a case may, and publishes calendars and the policy.',
  isu: 'Sees every case and supports the coordinators.',
  responder: 'Reads the summaries that its organisation is sent, and makes offers.',
  observer: 'Sees the cases that have been escalated to the President.',
  admin: 'Looks after accounts, organisations and settings, and reads no case.',
};
