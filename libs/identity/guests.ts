import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { CaseGuest } from '#libs/database/entities/case-guest.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Contact } from '#libs/domain/case/request-form.js';

/** Who a guest is: a contact of a case, as its request form names them. */
export interface GuestContact {
  caseId: string;
  contactHash: string;
  contact: Contact;
  language: string;
  timezone: string;
}

/**
 * The guest who is this contact of this case: the same person each time, so that the timeline names them once. Null when
 * they have been shut out. Their address stays in the request form alone, and nobody can sign in with a guest's own.
 */
export async function guestFor(
  manager: EntityManager,
  { caseId, contactHash, contact, language, timezone }: GuestContact,
): Promise<Person | null> {
  const known = await manager.findOneBy(CaseGuest, { caseId, contactHash });
  if (known) return manager.findOneBy(Person, { id: known.personId, active: true, guest: true });
  const id = uuidv7();
  await manager.insert(Person, {
    id,
    email: `${id}@guest.invalid`,
    name: contact.name,
    passwordHash: null,
    organisationId: null,
    roles: [],
    language,
    timezone,
    active: true,
    guest: true,
  });
  await manager.insert(CaseGuest, { caseId, personId: id, contactHash, createdAt: new Date() });
  return manager.findOneBy(Person, { id });
}
