import type { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Role } from '#libs/domain/access/roles.js';
import { stableId } from '#libs/reference-data/stable-id.js';

/** Everybody the table has a column for, by how they stand to a case of Bravia, and the mailbox of who plays them. */
export const PERSONAS = {
  anonymous: null,
  disabled: 'disabled',
  'no role': 'roleless',
  guest: 'guest',
  'guest elsewhere': 'guest',
  'own State': 'officer',
  'other State': 'aurelia',
  'office admin': 'bravia-admin',
  owner: 'coordinator',
  coordinator: 'coordinator2',
  receiver: 'receiver',
  'former owner': 'former',
  lead: 'lead',
  ISU: 'isu',
  accepted: 'legalaid',
  invited: 'helvia',
  'not invited': 'zelandia',
  excluded: 'coalition',
  observer: 'president',
  'observer L3': 'president',
  admin: 'admin',
} as const;
export type Persona = keyof typeof PERSONAS;
export const COLUMNS = Object.keys(PERSONAS) as Persona[];

export const personId = (mailbox: string): string => stableId(`person:${mailbox}`);

interface Newcomer {
  mailbox: string;
  roles: Role[];
  organisation?: string;
}

/** Somebody of an organisation of the demonstration; its password nobody knows. */
export async function addPerson({ manager }: DataSource, { mailbox, roles, organisation }: Newcomer): Promise<string> {
  const id = personId(mailbox);
  await manager.insert(Person, {
    ...{ id, email: `${mailbox}@demo.action48.test`, name: `Demo ${mailbox}`, passwordHash: null, roles },
    organisationId: stableId(`organisation:${organisation ?? 'COORDINATION'}`),
    ...{ language: 'en', timezone: 'Europe/Zurich', active: true },
  });
  return id;
}

/**
 * People whom the demonstration does not have: no role yet, an officer of the State who administers nothing, a coordinator
 * to whom a case is offered, one who will leave, and an account that is closed.
 */
export async function addPeople(dataSource: DataSource): Promise<void> {
  await addPerson(dataSource, { mailbox: 'roleless', roles: [] });
  await addPerson(dataSource, { mailbox: 'officer', roles: ['requester'], organisation: 'QMB' });
  await addPerson(dataSource, { mailbox: 'receiver', roles: ['coordinator'] });
  await addPerson(dataSource, { mailbox: 'former', roles: ['coordinator'] });
  await addPerson(dataSource, { mailbox: 'disabled', roles: ['coordinator', 'admin'] });
}
