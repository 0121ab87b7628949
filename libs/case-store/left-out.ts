import type { EntityManager } from 'typeorm';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { digestOf } from './digest-content.js';
import { productNow } from './product-time.js';

/** Whether a digest has gathered something that was called off since. */
export const hasCalledOff = (manager: EntityManager, { id }: Pick<Mail, 'id'>): Promise<boolean> =>
  manager
    .query<unknown[]>(
      `SELECT 1 FROM mail WHERE digest_id = $1 AND state = 'gathered' AND response IS NOT NULL LIMIT 1`,
      [id],
    )
    .then((rows) => rows.length > 0);

/**
 * Takes out of a digest what was called off since it was gathered; with nothing left it is called off itself. Within a
 * transaction of the caller's, which holds the digest.
 * @returns the digest as it stands then
 */
export async function leaveOut(manager: EntityManager, digest: Mail): Promise<Mail> {
  const [out] = await manager.query<[{ id: string; response: string }[], number]>(
    `UPDATE mail SET state = 'suppressed', digest_id = NULL
     WHERE digest_id = $1 AND state = 'gathered' AND response IS NOT NULL RETURNING id, response`,
    [digest.id],
  );
  await noteCalledOff(manager, out);
  const rows = await manager.find(Mail, { where: { digestId: digest.id, state: 'gathered' }, order: { id: 'ASC' } });
  const { timezone } = digest.parameters;
  const parameters = { ...digestOf(rows), timezone };
  await manager.update(Mail, digest.id, { parameters });
  return rows.length ? { ...digest, parameters } : callOffWhole(manager, { ...digest, parameters });
}

async function callOffWhole(manager: EntityManager, digest: Mail): Promise<Mail> {
  const over = { state: 'suppressed', heldFor: null, secret: null, response: CALLED_OFF.nothingLeft } as const;
  await manager.update(Mail, digest.id, over);
  await noteCalledOff(manager, [{ id: digest.id, response: over.response }]);
  return { ...digest, ...over };
}

/** What was not sent after all has its line in the history. */
export async function noteCalledOff(
  manager: EntityManager,
  rows: readonly { id: string; response: string }[],
): Promise<void> {
  if (!rows.length) return;
  const at = new Date(await productNow(manager));
  const lines = rows.map(({ id, response }) => ({
    ...{ mailId: id, at, happening: 'suppressed' as const, detail: response },
  }));
  await manager.insert(MailEvent, lines);
}
