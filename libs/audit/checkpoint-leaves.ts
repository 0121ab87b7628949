import type { EntityManager } from 'typeorm';
import type { CheckpointLeaf } from '#libs/database/entities/checkpoint-leaf.entity.js';
import { CHAINED_LOGS, ROW_LOGS, tableExists } from './logs.js';
import { rowsAfter } from './row-logs.js';

export type Leaf = Pick<CheckpointLeaf, 'log' | 'subject' | 'version' | 'hash'>;

/** A leaf as its bytes in the tree, and as its line in a file. */
export const lineOf = ({ log, subject, version, hash }: Leaf): string => `${log} ${subject} ${version} ${hash}`;

const LINE = /^(\S+) (\S+) (\d+) ([0-9a-f]{64})$/;

/** @returns null for a line that is no leaf */
export function leafOf(line: string): Leaf | null {
  const [, log = '', subject = '', version, hash = ''] = LINE.exec(line) ?? [];
  return log ? { log, subject, version: Number(version), hash } : null;
}

/** Where the logs end now, as far as the last checkpoint did not say so: cases by id, then the other logs. */
export async function newLeaves(manager: EntityManager): Promise<Leaf[]> {
  const leaves = await manager.query<Leaf[]>(NEW_HEADS);
  for (const table of CHAINED_LOGS)
    if (await tableExists(manager, table)) leaves.push(...(await newEnd(manager, table)));
  for (const table of ROW_LOGS) if (await tableExists(manager, table)) leaves.push(...(await newRows(manager, table)));
  return leaves;
}

/** One look at an index for each case and each of its leaves; a log that was cut and has grown again differs by its hash. */
const NEW_HEADS = `
  SELECT 'case' AS log, c.id::text AS subject, head.version, head.hash FROM assistance_case c
  CROSS JOIN LATERAL (
    SELECT version, hash FROM case_event WHERE case_id = c.id ORDER BY version DESC LIMIT 1) head
  LEFT JOIN LATERAL (
    SELECT version, hash FROM checkpoint_leaf
    WHERE log = 'case' AND subject = c.id::text ORDER BY position DESC LIMIT 1) known ON true
  WHERE (known.version, known.hash) IS DISTINCT FROM (head.version, head.hash)
  ORDER BY c.id`;

/** A log that is one chain: its last row, unless that is known already. */
function newEnd(manager: EntityManager, table: string): Promise<Leaf[]> {
  return manager.query<Leaf[]>(
    `SELECT $1::text AS log, '-' AS subject, head.id AS version, head.hash
     FROM (SELECT id, hash FROM ${table} ORDER BY id DESC LIMIT 1) head
     LEFT JOIN LATERAL (
       SELECT version, hash FROM checkpoint_leaf WHERE log = $1 ORDER BY position DESC LIMIT 1) known ON true
     WHERE (known.version, known.hash) IS DISTINCT FROM (head.id, head.hash)`,
    [table],
  );
}

/** A log of plain rows: how many there are, and the hash of those since the leaf before. */
async function newRows(manager: EntityManager, table: string): Promise<Leaf[]> {
  const [known] = await manager.query<Leaf[]>(
    'SELECT log, subject, version, hash FROM checkpoint_leaf WHERE log = $1 ORDER BY position DESC LIMIT 1',
    [table],
  );
  const { count, last, hash } = await rowsAfter(manager, table, known?.subject ?? null);
  return count && last ? [{ log: table, subject: last, version: (known?.version ?? 0) + count, hash }] : [];
}
