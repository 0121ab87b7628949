import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { MANDATE } from '#libs/case-store/references.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { PersonRole } from '#libs/database/entities/person-role.entity.js';
import type { Role } from '#libs/domain/access/roles.js';

export interface Granting {
  personId: string;
  organisationId: string | null;
  /** All that they are to have from now on. */
  roles: readonly Role[];
  /** Null: an operator, at the command line. */
  by: string | null;
  at: Date;
}

/**
 * Gives somebody these roles in this organisation and takes every other, with the date and who did it; `person.roles`
 * is what stands afterwards. Within the caller's transaction.
 */
export async function grantRoles(
  manager: EntityManager,
  { personId, organisationId, roles, by, at }: Granting,
): Promise<void> {
  const standing = await standingGrants(manager, personId);
  const kept = standing.filter((grant) => roles.includes(grant.role) && grant.organisationId === organisationId);
  const over = standing.filter((grant) => !kept.includes(grant)).map(({ id }) => id);
  if (over.length) await manager.update(PersonRole, { id: In(over) }, { revokedAt: at, revokedBy: by });
  const held = kept.map(({ role }) => role);
  const fresh = [...new Set(roles)].filter((role) => !held.includes(role));
  if (fresh.length)
    await manager.insert(
      PersonRole,
      fresh.map((role) => ({
        ...{ id: uuidv7(), personId, organisationId, role, mandate: MANDATE, grantedBy: by, grantedAt: at },
        ...{ revokedBy: null, revokedAt: null },
      })),
    );
  await manager.update(Person, personId, { roles: [...new Set(roles)], organisationId });
}

const standingGrants = (manager: EntityManager, personId: string): Promise<PersonRole[]> =>
  manager
    .createQueryBuilder(PersonRole, 'grant')
    .where('grant.person_id = :personId AND grant.mandate = :mandate AND grant.revoked_at IS NULL', {
      personId,
      mandate: MANDATE,
    })
    .getMany();
