import { can } from '#libs/domain/access/can.js';
import { ANYBODY, OFFICE_ROLES, officeOf } from '#libs/domain/access/person-rights.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { PeopleFilter, PersonView } from '#libs/people/people-list.js';
import { found } from '../cases/case-problems.js';

/** Whose accounts somebody looks after: everybody's, or those of one organisation. @throws 404 for whom there are none */
export function lookedAfterBy({ actor }: SignedIn): Pick<PeopleFilter, 'organisation' | 'within'> {
  if (can(actor, 'see-person', ANYBODY)) return {};
  return { organisation: found(officeOf(actor), 'page'), within: OFFICE_ROLES };
}

/** @throws 404 for a person who is nobody to the one who asks */
export function seenBy({ actor }: SignedIn, person: PersonView | null): PersonView {
  const subject = person && subjectOf(person);
  return found(subject && can(actor, 'see-person', subject) ? person : null, 'person');
}

/** Somebody as the rights see them. */
export const subjectOf = ({ id, organisation, roles }: PersonView) => ({
  ...{ personId: id, organisationId: organisation?.id ?? null, roles },
});
