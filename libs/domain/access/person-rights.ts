import type { Actor, Role } from './roles.js';

/** Somebody whose account is looked at or changed; for somebody who is to be invited, what they will be. */
export interface PersonSubject {
  personId: string | null;
  organisationId: string | null;
  roles: readonly Role[];
}

/** What can be done with the account of a person. */
export const PERSON_ACTIONS = ['see-person', 'invite-person', 'change-person', 'disable-person'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** Roles that the administrator of a State's office gives and takes: those of its own people. */
export const OFFICE_ROLES: readonly Role[] = ['requester', 'state_admin'];

/** An administrator, for everybody; the administrator of a State's office, for those of that office alone. */
export function mayWithPerson(actor: Actor, action: PersonAction, person: PersonSubject): boolean {
  const self = person.personId === actor.personId;
  // Nobody locks themselves out, nor makes themselves more than they are.
  if (self) return action === 'see-person';
  if (actor.roles.includes('admin')) return true;
  const sameOffice = actor.organisationId !== null && actor.organisationId === person.organisationId;
  return sameOffice && actor.roles.includes('state_admin') && person.roles.every((role) => OFFICE_ROLES.includes(role));
}
