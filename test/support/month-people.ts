import type { DataSource } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Role } from '#libs/domain/access/roles.js';
import { grantRoles } from '#libs/people/role-grants.js';
import { idOf } from './people.js';

interface Colleague {
  mailbox: string;
  role: Role;
  /** Code of the organisation. */
  of: string;
  timezone: string;
}

/** Whoever looks after a case of the month, the two of the demonstration among them. */
export const OWNERS = ['coordinator', 'coordinator2', 'third', 'fourth', 'fifth', 'sixth'];

const COLLEAGUES: Colleague[] = [
  { mailbox: 'third', role: 'coordinator', of: 'COORDINATION', timezone: 'Europe/Zurich' },
  { mailbox: 'fourth', role: 'coordinator', of: 'COORDINATION', timezone: 'America/New_York' },
  { mailbox: 'fifth', role: 'coordinator', of: 'COORDINATION', timezone: 'Africa/Lusaka' },
  { mailbox: 'sixth', role: 'coordinator', of: 'COORDINATION', timezone: 'Asia/Shanghai' },
  { mailbox: 'legalaid2', role: 'responder', of: 'LEGALAID', timezone: 'Africa/Lusaka' },
  { mailbox: 'coalition2', role: 'responder', of: 'COALITION', timezone: 'America/Bogota' },
];

/** Two hundred cases at a time are not looked after by two people: the demonstration with the colleagues that it takes. */
export async function seedColleagues({ manager }: DataSource): Promise<void> {
  for (const { mailbox, role, of, timezone } of COLLEAGUES) {
    const { id: organisationId } = await manager.findOneByOrFail(Organisation, { code: of });
    const id = idOf(`person:${mailbox}`);
    const [email, name] = [`${mailbox}@demo.action48.test`, `Colleague ${mailbox}`];
    const account = { passwordHash: 'none', language: 'en', active: true };
    await manager.insert(Person, { id, email, name, organisationId, roles: [], timezone, ...account });
    await grantRoles(manager, { personId: id, organisationId, roles: [role], by: null, at: new Date() });
  }
}
