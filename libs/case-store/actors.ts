import type { EntityManager } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';

/** A person as the rules see them; null when unknown or no longer active. */
export async function actorOf(manager: EntityManager, personId: string): Promise<Actor | null> {
  const person = await manager.findOneBy(Person, { id: personId, active: true });
  if (!person) return null;
  const organisation = person.organisationId
    ? await manager.findOneBy(Organisation, { id: person.organisationId })
    : null;
  return {
    personId,
    roles: person.roles,
    organisationId: person.organisationId,
    stateCode: organisation?.stateCode ?? null,
  };
}
