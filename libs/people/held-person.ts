import { Person } from '#libs/database/entities/person.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { PersonAction } from '#libs/domain/access/person-rights.js';
import type { Act } from './acting.js';
import { NotTheirs, Stale, Unknown } from './refused.js';

/**
 * Somebody whose account is to be changed, held until the act ends.
 * @param revision what the one who changes has read; not asked where it does not matter
 * @throws Unknown for whom they are nobody · NotTheirs · Stale
 */
export async function heldPerson(
  { manager, actor }: Act,
  id: string,
  action: PersonAction,
  revision?: number,
): Promise<Person> {
  const person = await manager.findOne(Person, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!person) throw new Unknown();
  const subject = { personId: id, organisationId: person.organisationId, roles: person.roles };
  if (!can(actor, 'see-person', subject)) throw new Unknown();
  if (!can(actor, action, subject))
    throw new NotTheirs('Nobody changes their own roles or ends their own account. Ask another administrator.');
  if (revision !== undefined && revision !== person.revision) throw new Stale();
  return person;
}
