import { isCaseStaff } from './roles.js';
import type { Actor, Role } from './roles.js';

/** Somebody whose account is looked at or changed; for somebody who is to be invited, what they will be. */
export interface PersonSubject {
  personId: string | null;
  organisationId: string | null;
  roles: readonly Role[];
}

/** What can be done with the account of a person. */
export const PERSON_ACTIONS = ['see-person', 'invite-person', 'change-person', 'disable-person', 'set-leave'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** Roles that the administrator of a State's office gives and takes: those of its own people. */
export const OFFICE_ROLES: readonly Role[] = ['requester', 'state_admin'];

/** Somebody of no office in particular: who may see them, may see everybody. */
export const ANYBODY: PersonSubject = { personId: null, organisationId: null, roles: [] };

/** The administrator of an office, when they are one: whose people they look after. */
export const officeOf = ({ roles, organisationId }: Actor): string | null =>
  roles.includes('state_admin') ? organisationId : null;

/**
 * An administrator, for everybody; the administrator of a State's office, for those of that office alone. Everybody says
 * when they are away themselves, and the coordinators' lead for those who work on cases.
 */
export function mayWithPerson(actor: Actor, action: PersonAction, person: PersonSubject): boolean {
  const self = person.personId === actor.personId;
  // Nobody locks themselves out, nor makes themselves more than they are.
  if (self) return action === 'see-person' || action === 'set-leave';
  if (actor.roles.includes('admin')) return true;
  if (action === 'set-leave' && actor.roles.includes('coordinator_lead') && isCaseStaff(person.roles)) return true;
  const office = officeOf(actor);
  return office !== null && office === person.organisationId && person.roles.every(isOfficeRole);
}

const isOfficeRole = (role: Role): boolean => OFFICE_ROLES.includes(role);
