import type { EntityManager } from 'typeorm';
import { canonicalJson } from '#libs/case-store/canonical-json.js';
import { GENESIS } from '#libs/case-store/event-log.js';
import { sha256 } from '#libs/case-store/hashes.js';
import { productNow } from '#libs/case-store/product-time.js';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';

/** An administrative act, as it is put on record. */
export interface AdminAct {
  /** Who did it; null for an operator at the command line, or for the system itself. */
  actorId: string | null;
  /** What was done, in snake_case: `person_disabled`, `organisation_changed`. */
  action: string;
  /** About what: `person`, `organisation`, … with its id. */
  subjectKind: string;
  subjectId: string | null;
  /** Ids, names of roles and settings before and after, and the reason given. Never a name or an address of a person. */
  body: Record<string, unknown>;
}

/** Any number of ours; two acts at once would both follow the same row. */
const CHAIN_LOCK = 48_720;

/**
 * Puts an act on record, in the transaction that does it: both are there, or neither. Call it last, because whoever
 * else puts something on record waits until the transaction ends.
 */
export async function recordAdminEvent(manager: EntityManager, act: AdminAct): Promise<AdminEvent> {
  if (!manager.queryRunner?.isTransactionActive) throw new Error('an act is put on record within its transaction');
  await manager.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  const [last] = await manager.find(AdminEvent, { order: { id: 'DESC' }, take: 1 });
  const { actorId, action, subjectKind, subjectId } = act;
  const row = {
    id: (last?.id ?? 0) + 1,
    at: new Date(await productNow(manager)),
    // As it will be read again: what JSON leaves out must not be hashed.
    body: JSON.parse(JSON.stringify(act.body)) as Record<string, unknown>,
    ...{ actorId, action, subjectKind, subjectId },
    previousHash: last?.hash ?? GENESIS,
  };
  const event = { ...row, hash: hashOfAdminEvent(row) };
  await manager.insert(AdminEvent, event as never);
  return event;
}

/** SHA-256 over the previous hash and the canonical JSON of everything else in the row. */
export function hashOfAdminEvent({ at, previousHash, ...row }: Omit<AdminEvent, 'hash'>): string {
  const { id, actorId, action, subjectKind, subjectId, body } = row;
  const content = { id, at: at.toISOString(), actorId, action, subjectKind, subjectId, body };
  return sha256(previousHash + canonicalJson(content));
}

/** The id at which these rows (oldest first, from the first one on) stop being what was written; null when all hold. */
export function adminChainBrokenAt(rows: readonly AdminEvent[]): number | null {
  const broken = rows.findIndex((row, index) => {
    const previous = rows[index - 1]?.hash ?? GENESIS;
    return row.id !== index + 1 || row.previousHash !== previous || row.hash !== hashOfAdminEvent(row);
  });
  return broken < 0 ? null : broken + 1;
}
