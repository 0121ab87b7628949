import { IsNull, Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { absenceOf, standIn } from './leave.js';
import { productNow } from './product-time.js';

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
    standsInFor: await deputyFor(manager, person),
  };
}

/** The people on leave in whose place this person acts today, as the mails that go to them instead. */
export async function deputyFor(manager: EntityManager, { id, roles }: Person): Promise<string[]> {
  if (!isCaseStaff(roles)) return [];
  const absent = await manager.findBy(Person, { active: true, delegateId: Not(IsNull()), onLeaveFrom: Not(IsNull()) });
  if (!absent.length) return [];
  const people = [...absent, ...(await manager.findBy(Person, { id }))];
  const at = await productNow(manager);
  return absent
    .filter((one) => one.id !== id && standIn(one, people, at)?.person.id === id && absenceOf(one, at))
    .map((one) => one.id);
}
