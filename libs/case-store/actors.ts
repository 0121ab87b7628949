import { IsNull, Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { CaseGuest } from '#libs/database/entities/case-guest.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { absenceOf, standIn } from './leave.js';
import { productNow } from './product-time.js';

export interface ActivePerson {
  person: Person;
  /** Ids of the people on leave in whose place they act today: the same to whom mails go instead. */
  standsInFor: string[];
}

/** A person as the rules see them; null when unknown or no longer active. */
export async function actorOf(manager: EntityManager, personId: string): Promise<Actor | null> {
  const found = await activePerson(manager, personId);
  if (!found) return null;
  const { person, standsInFor } = found;
  const organisation = person.organisationId
    ? await manager.findOneBy(Organisation, { id: person.organisationId })
    : null;
  const guestOf = await guestCaseOf(manager, person);
  if (person.guest && !guestOf) return null;
  return {
    personId,
    roles: person.roles,
    organisationId: person.organisationId,
    stateCode: organisation?.stateCode ?? null,
    standsInFor,
    guestOf,
  };
}

/** One statement for both, since every request asks for it. Null when unknown or no longer active. */
export async function activePerson(manager: EntityManager, id: string): Promise<ActivePerson | null> {
  const people = await manager.findBy(Person, [
    { id, active: true },
    { active: true, delegateId: Not(IsNull()), onLeaveFrom: Not(IsNull()) },
  ]);
  const person = people.find((one) => one.id === id);
  if (!person) return null;
  const others = people.filter((one) => one.id !== id);
  if (!others.length || !isCaseStaff(person.roles)) return { person, standsInFor: [] };
  const at = await productNow(manager);
  const standsInFor = others.filter((one) => absenceOf(one, at) && standIn(one, people, at)?.person.id === id);
  return { person, standsInFor: standsInFor.map((one) => one.id) };
}

/** In whose place somebody who works on cases acts today; nobody else stands in for anybody. */
export async function deputyFor(manager: EntityManager, { id, roles }: Person): Promise<string[]> {
  return isCaseStaff(roles) ? ((await activePerson(manager, id))?.standsInFor ?? []) : [];
}

/** Id of the case that a guest follows; null for everybody else, and for a guest whose access has been ended. */
export async function guestCaseOf(manager: EntityManager, { id, guest }: Person): Promise<string | null> {
  if (!guest) return null;
  return (await manager.findOneBy(CaseGuest, { personId: id }))?.caseId ?? null;
}
