import type { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { PersonIdentity } from '#libs/database/entities/person-identity.entity.js';
import { isStaff } from '#libs/domain/access/roles.js';

/** What an identity provider says of somebody. */
export interface ProviderClaims {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
}

/** People as identity providers know them. No account is ever made here. */
export class Identities {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The active person whom the provider means. The first time, it is the member of staff with the address that the
   * provider has verified; from then on the provider's own name for them counts, not the address. Null: nobody here.
   */
  personOf(claims: ProviderClaims): Promise<Person | null> {
    return this.dataSource.transaction(async (manager) => {
      const { issuer, subject } = claims;
      const bound = await manager.findOneBy(PersonIdentity, { issuer, subject });
      if (bound) return manager.findOneBy(Person, { id: bound.personId, active: true, guest: false });
      if (!claims.email || !claims.emailVerified) return null;
      const email = claims.email.trim().toLowerCase();
      const person = await manager.findOneBy(Person, { email, active: true, guest: false });
      if (!person || !isStaff(person.roles)) return null;
      await manager.insert(PersonIdentity, { issuer, subject, personId: person.id, boundAt: new Date() });
      return person;
    });
  }
}
