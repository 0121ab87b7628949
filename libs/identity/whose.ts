import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { deputyFor } from '#libs/case-store/actors.js';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { CaseGuest } from '#libs/database/entities/case-guest.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { SignedIn } from './signed-in.js';

/** A row of a session or a token with its person, their organisation, and whether they have a second factor. */
export type Whose<Row> = Row & { person: PersonWithPlace };

export type PersonWithPlace = Person & {
  organisation: Organisation | null;
  authenticator: Authenticator | null;
  following: CaseGuest | null;
};

/** A guest whose access has been taken back is nobody. */
const ACTIVE =
  'person.active AND (NOT person.guest OR EXISTS (SELECT FROM case_guest WHERE case_guest.person_id = person.id))';

/** Rows of somebody, read with everything that a request needs to know of them, in one statement; none of whoever is no longer active. */
export function withPerson<Row extends object>(manager: EntityManager, table: new () => Row): SelectQueryBuilder<Row> {
  return joined(
    manager
      .createQueryBuilder(table, 'row')
      .innerJoinAndMapOne('row.person', Person, 'person', `person.id = row.personId AND ${ACTIVE}`),
  );
}

/** Somebody who is active, the same way. */
export async function personWithPlace(manager: EntityManager, id: string): Promise<PersonWithPlace | null> {
  const query = manager.createQueryBuilder(Person, 'person').where(`person.id = :id AND ${ACTIVE}`, { id });
  return (await joined(query).getOne()) as PersonWithPlace | null;
}

const joined = <Row extends object>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row> =>
  query
    .leftJoinAndMapOne('person.organisation', Organisation, 'organisation', 'organisation.id = person.organisationId')
    .leftJoinAndMapOne(
      'person.authenticator',
      Authenticator,
      'authenticator',
      'authenticator.personId = person.id AND authenticator.confirmedAt IS NOT NULL',
    )
    .leftJoinAndMapOne('person.following', CaseGuest, 'following', 'following.personId = person.id');

/** What every door knows of a person. */
export async function identityOf(
  manager: EntityManager,
  { organisation, following, ...person }: PersonWithPlace,
): Promise<Pick<SignedIn, 'person' | 'organisation' | 'actor'>> {
  const { id, name, email, roles, language, timezone, organisationId } = person;
  return {
    person: { id, name, email, roles, language, timezone },
    organisation,
    actor: {
      personId: id,
      roles,
      organisationId,
      stateCode: organisation?.stateCode ?? null,
      standsInFor: await deputyFor(manager, person),
      guestOf: following?.caseId ?? null,
    },
  };
}
