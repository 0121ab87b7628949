import type { EntityManager } from 'typeorm';
import type { Leaf } from './checkpoint-leaves.js';
import { found } from './finding.js';
import type { Finding } from './finding.js';
import { CHAINED_LOGS, ROW_LOGS } from './logs.js';
import { rowsAfter } from './row-logs.js';

const AT_ONCE = 1_000;

/**
 * Whether the logs still have what a checkpoint has seen of them.
 * @param ends the last leaf of each log of plain rows so far; brought forward
 */
export async function verifyLeaves(
  manager: EntityManager,
  number: number,
  leaves: readonly Leaf[],
  ends: Map<string, Leaf>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const cases = leaves.filter(({ log }) => log === 'case');
  for (let from = 0; from < cases.length; from += AT_ONCE)
    findings.push(...(await verifyHeads(manager, number, cases.slice(from, from + AT_ONCE))));
  for (const leaf of leaves) {
    if (CHAINED_LOGS.includes(leaf.log)) findings.push(...(await verifyEnd(manager, number, leaf)));
    if (!ROW_LOGS.includes(leaf.log)) continue;
    findings.push(...(await verifyRows(manager, number, leaf, ends.get(leaf.log))));
    ends.set(leaf.log, leaf);
  }
  return findings;
}

interface Head {
  subject: string;
  reference: string | null;
  version: number;
  seen: string;
  hash: string | null;
}

/** The chain of a case holds from its first event, so that its head being there says the same of all before it. */
async function verifyHeads(manager: EntityManager, number: number, leaves: readonly Leaf[]): Promise<Finding[]> {
  const heads = await manager.query<Head[]>(
    `SELECT leaf.subject, c.reference, leaf.version, leaf.hash AS seen, e.hash
     FROM unnest($1::text[], $2::int[], $3::text[]) AS leaf (subject, version, hash)
     LEFT JOIN assistance_case c ON c.id = leaf.subject::uuid
     LEFT JOIN case_event e ON e.case_id = leaf.subject::uuid AND e.version = leaf.version
     WHERE e.hash IS DISTINCT FROM leaf.hash`,
    [leaves.map(({ subject }) => subject), leaves.map(({ version }) => version), leaves.map(({ hash }) => hash)],
  );
  return heads.map(({ subject, reference, version, hash }) =>
    found('checkpoint', reference ?? subject, hash === null ? 'cut' : 'rehashed', { number, version }),
  );
}

async function verifyEnd(manager: EntityManager, number: number, { log, version, hash }: Leaf): Promise<Finding[]> {
  const [row] = await manager.query<{ hash: string }[]>(`SELECT hash FROM ${log} WHERE id = $1`, [version]);
  if (row?.hash === hash) return [];
  return [found('checkpoint', log, row ? 'rehashed' : 'cut', { number, version })];
}

async function verifyRows(manager: EntityManager, number: number, leaf: Leaf, before?: Leaf): Promise<Finding[]> {
  const { log, subject, version, hash } = leaf;
  const rows = await rowsAfter(manager, log, before?.subject ?? null, subject);
  const count = version - (before?.version ?? 0);
  if (rows.count === count && rows.hash === hash) return [];
  return [found('checkpoint', log, 'rowsApart', { number, last: subject })];
}
