import type { DataSource, EntityManager } from 'typeorm';
import { actorOf } from '#libs/case-store/actors.js';
import { productNow } from '#libs/case-store/product-time.js';
import { TakenKey } from '#libs/database/entities/taken-key.entity.js';
import { canonicalJson } from '#libs/case-store/canonical-json.js';
import { KeyReused } from '#libs/case-store/command-desk.js';
import { commandIdOf, sha256 } from '#libs/case-store/hashes.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { NotTheirs } from './refused.js';

/** Any number of ours. Acts are few; one after another, no two of them can each remove the other's last administrator. */
const ACTS_LOCK = 48_721;

export interface Act {
  manager: EntityManager;
  /** As they stand now, not as they stood when they signed in. */
  actor: Actor;
  /** The deployment's now. */
  now: Date;
}

/**
 * One administrative act, whole or not at all, with the rights that its doer has at this moment.
 * @throws NotTheirs when their account has ended meanwhile
 */
export function acting<T>(dataSource: DataSource, actorId: string, work: (act: Act) => Promise<T>): Promise<T> {
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [ACTS_LOCK]);
    const actor = await actorOf(manager, actorId);
    if (!actor) throw new NotTheirs('This account is no longer active.');
    return work({ manager, actor, now: new Date(await productNow(manager)) });
  });
}

export interface KeyedRequest {
  /** Of the sender's choice, the same when they repeat the request. */
  key: string;
  /** What is asked for; another body under the same key is refused. */
  payload: unknown;
}

/**
 * Takes a key for a request within the act. Also an id for what the request makes, which a repeat finds again.
 * @throws KeyReused when it was used for something else
 */
export async function takeKey(
  { manager, actor, now }: Act,
  { key, payload }: KeyedRequest,
): Promise<{ id: string; again: boolean }> {
  const id = commandIdOf(actor.personId, key);
  const payloadHash = sha256(canonicalJson(payload));
  const known = await manager.findOneBy(TakenKey, { id });
  if (known && known.payloadHash !== payloadHash) throw new KeyReused();
  if (!known) await manager.insert(TakenKey, { id, payloadHash, takenAt: now });
  return { id, again: known !== null };
}
