import type { EntityManager } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { checkPassword } from './passwords.js';

/** Whoever has proved to be the person, or whom a wrong password was tried on; null when nobody has that address. */
export type Checked = { person: Person } | { person: null; triedOn: string | null };

/** Checks an address and a password; takes as long for nobody as for somebody. Which of the two was wrong is for the log alone. */
export async function checkCredentials(manager: EntityManager, email: string, password: string): Promise<Checked> {
  const person = await manager.findOneBy(Person, { email: email.trim().toLowerCase(), active: true });
  const matches = await checkPassword(person?.passwordHash ?? null, password);
  return matches && person ? { person } : { person: null, triedOn: person?.id ?? null };
}
