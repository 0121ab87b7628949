import type { EntityManager } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { CalledOff } from '#libs/domain/mail/called-off.js';
import { leaveOut, noteCalledOff } from './left-out.js';
import { productNow } from './product-time.js';

export interface CallingOff {
  why: CalledOff;
  /** Of those that are not in a digest: how far they may have got. */
  states: readonly Mail['state'][];
  /** Which mails, in SQL; the first of `values` is `$3`. */
  where: string;
  values: readonly unknown[];
}

/** Nobody has begun to send them. */
export const UNBEGUN = ['due', 'claimed'] as const;
/** Nor has a server taken them: one that says “later” is not asked again. */
export const UNSENT = [...UNBEGUN, 'sending'] as const;

/** A mailer that has composed the digest with what is called off has let go of it by then. */
const LET_GO_MS = 300_000;

/**
 * Calls mails off that wait, for themselves or in a digest that has not gone: within the transaction that ends their
 * reason. What stands in a digest that is being sent just now, or of which nobody knows whether it arrived, is left out
 * if that goes again.
 */
export async function callOff(manager: EntityManager, { why, states, where, values }: CallingOff): Promise<void> {
  await manager.query(
    `UPDATE mail SET state = 'suppressed', held_for = NULL, secret = NULL, response = $1
     WHERE state = ANY ($2) AND (${where})`,
    [why, states, ...values],
  );
  // After that: a digest that gathered some of them meanwhile is seen only by a new statement.
  const digests = await unsentDigests(manager, where, values);
  if (!digests.length) return;
  const ids = digests.map(({ id }) => id);
  await manager.query(
    `UPDATE mail SET response = $1 WHERE digest_id = ANY ($2) AND state = 'gathered' AND (${where})`,
    [why, ids, ...values],
  );
  for (const digest of digests.filter(({ state }) => ['due', 'claimed'].includes(state))) {
    const { state } = await leaveOut(manager, digest);
    if (state === 'claimed') await takeBack(manager, digest);
  }
}

/** Digests that may still go and have gathered some of these, held until the transaction ends. */
async function unsentDigests(manager: EntityManager, where: string, values: readonly unknown[]): Promise<Mail[]> {
  // All placeholders are used, so that their types are known.
  const found = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT digest_id AS id FROM mail WHERE state = $1 AND state = ANY ($2) AND digest_id IS NOT NULL AND (${where})`,
    ['gathered', ['gathered'], ...values],
  );
  if (!found.length) return [];
  return manager
    .createQueryBuilder(Mail, 'digest')
    .setLock('for_no_key_update')
    .where(`digest.id = ANY (:ids) AND digest.state NOT IN ('sent', 'suppressed')`, {
      ids: found.map(({ id }) => id),
    })
    .orderBy('digest.id')
    .getMany();
}

/** From a mailer that has it in hand, perhaps composed: it is not sent as it was. */
async function takeBack(manager: EntityManager, { id }: Mail): Promise<void> {
  const sendAfter = new Date((await productNow(manager)) + LET_GO_MS);
  await manager.update(Mail, id, { state: 'due', sendAfter });
}

/** What stands in a digest that was called off is called off with it. @param recipient its address */
export async function callOffWithDigest(manager: EntityManager, recipient: string): Promise<void> {
  const [rows] = await manager.query<[{ id: string; response: string }[], number]>(
    `UPDATE mail SET state = 'suppressed', response = digest.response FROM mail digest
     WHERE digest.id = mail.digest_id AND digest.recipient = $1 AND digest.state = 'suppressed' AND digest.response IS NOT NULL
       AND mail.state = 'gathered' RETURNING mail.id, mail.response`,
    [recipient],
  );
  await noteCalledOff(manager, rows);
}
