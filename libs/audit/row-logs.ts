import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '#libs/case-store/canonical-json.js';
import { productNow } from '#libs/case-store/product-time.js';

/** Rows get their ids before they are committed: those of the last minute may still lack one in between. */
const SETTLED_MS = 60_000;
const PAGE = 2_000;

export interface RowRange {
  count: number;
  /** Id of the last row; null without one. */
  last: string | null;
  /** SHA-256 over the canonical JSON of each row on a line of its own, by id; what is null is left out, so that a column may be added. */
  hash: string;
}

/**
 * The settled rows of a log after one of them (null: from the first).
 * @param upTo id of the last that counts; without it all that are settled by now
 */
export async function rowsAfter(
  manager: EntityManager,
  table: string,
  after: string | null,
  upTo?: string,
): Promise<RowRange> {
  // Instants are written in the zone of the connection.
  await manager.query(`SELECT set_config('TimeZone', 'UTC', true)`);
  const end = upTo ?? (await lastSettled(manager, table));
  const hash = createHash('sha256');
  let [count, last] = [0, after ?? '0'];
  while (end) {
    const rows = await manager.query<{ id: string; row: unknown }[]>(
      `SELECT id::text AS id, jsonb_strip_nulls(to_jsonb(log)) AS row FROM ${table} log
       WHERE id > $1::bigint AND id <= $2::bigint ORDER BY log.id LIMIT ${PAGE}`,
      [last, end],
    );
    for (const { row } of rows) hash.update(`${canonicalJson(row)}\n`);
    count += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < PAGE) break;
  }
  return { count, last: count ? last : null, hash: hash.digest('hex') };
}

async function lastSettled(manager: EntityManager, table: string): Promise<string | null> {
  const [row] = await manager.query<{ id: string | null }[]>(
    `SELECT max(id)::text AS id FROM ${table} WHERE at <= $1`,
    [new Date((await productNow(manager)) - SETTLED_MS)],
  );
  return row?.id ?? null;
}
