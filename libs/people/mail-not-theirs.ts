import type { EntityManager } from 'typeorm';
import { actorOf } from '#libs/case-store/actors.js';
import { callOff, UNSENT } from '#libs/case-store/call-off.js';
import { readableBy } from '#libs/case-reading/readable-by.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';

/**
 * Mails that wait for somebody who may no longer read their case are not sent, nor told in a digest: roles or the office
 * have changed. Within the transaction that changes them.
 */
export async function callOffMailNotTheirs(manager: EntityManager, personId: string): Promise<void> {
  const actor = await actorOf(manager, personId);
  const values: unknown[] = [personId];
  const readable = (actor ? readableBy(actor) : []).map(({ sql, value }) => {
    if (value !== undefined) values.push(value);
    return sql.replaceAll('$value', `$${values.length + 2}`);
  });
  await callOff(manager, {
    why: CALLED_OFF.notTheirs,
    states: UNSENT,
    where: `person_id = $3 AND case_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM assistance_case c WHERE c.id = mail.case_id AND (${readable.join(' OR ') || 'FALSE'}))`,
    values,
  });
}
