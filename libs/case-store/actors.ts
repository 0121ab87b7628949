import { IsNull, Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { CaseGuest } from '#libs/database/entities/case-guest.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { absenceOf, standIn } from './leave.js';
import { productNow } from './product-time.js';

interface ActivePerson {
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

/** Whoever has named somebody to stand in, and is or will be on leave. */
const AWAY = { active: true, delegateId: Not(IsNull()), onLeaveFrom: Not(IsNull()) };

/** One statement for both. Null when unknown or no longer active. */
async function activePerson(manager: EntityManager, id: string): Promise<ActivePerson | null> {
  const people = await manager.findBy(Person, [{ id, active: true }, AWAY]);
  const person = people.find((one) => one.id === id);
  return person ? { person, standsInFor: await placesTaken(manager, person, people) } : null;
}

/** In whose place somebody acts today, who has been read already. */
export const deputyFor = async (manager: EntityManager, person: Person): Promise<string[]> =>
  isCaseStaff(person.roles) ? placesTaken(manager, person, await manager.findBy(Person, AWAY)) : [];

/** Only those who work on cases stand in for anybody. */
async function placesTaken(manager: EntityManager, person: Person, people: readonly Person[]): Promise<string[]> {
  const others = people.filter((one) => one.id !== person.id);
  if (!others.length || !isCaseStaff(person.roles)) return [];
  const at = await productNow(manager);
  const known = [person, ...others];
  return others
    .filter((one) => absenceOf(one, at) && standIn(one, known, at)?.person.id === person.id)
    .map((one) => one.id);
}

/** Id of the case that a guest follows; null for everybody else, and for a guest whose access has been ended. */
async function guestCaseOf(manager: EntityManager, { id, guest }: Person): Promise<string | null> {
  if (!guest) return null;
  return (await manager.findOneBy(CaseGuest, { personId: id }))?.caseId ?? null;
}
