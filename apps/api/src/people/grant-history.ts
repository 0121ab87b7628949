import { In } from 'typeorm';
import type { DataSource } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { PersonRole } from '#libs/database/entities/person-role.entity.js';
import { ROLE_WORDS } from '#libs/people/role-words.js';

/** Grants with the names of organisations and people in place of ids. */
export async function grantHistory({ manager }: DataSource, grants: readonly PersonRole[]) {
  const ids = grants.flatMap(({ grantedBy, revokedBy }) => [grantedBy, revokedBy]).filter((id) => id !== null);
  const people = await manager.find(Person, { select: { id: true, name: true }, where: { id: In(ids) } });
  const places = grants.flatMap(({ organisationId }) => organisationId ?? []);
  const organisations = await manager.findBy(Organisation, { id: In(places) });
  const nameOf = (all: readonly { id: string; name: string }[], id: string | null) =>
    all.find((one) => one.id === id)?.name ?? null;
  return grants.map((grant) => ({
    role: ROLE_WORDS[grant.role],
    organisation: nameOf(organisations, grant.organisationId),
    mandate: grant.mandate,
    since: grant.grantedAt,
    grantedBy: nameOf(people, grant.grantedBy),
    until: grant.revokedAt,
    revokedBy: nameOf(people, grant.revokedBy),
  }));
}
