import type { KeyObject } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { readBatch } from './case-batch.js';
import { checkCase } from './case-checks.js';
import { found } from './finding.js';
import type { Finding } from './finding.js';
import { verifyAdminEvents } from './verify-admin.js';
import { StoredCheckpoints, verifyCheckpoints } from './verify-checkpoints.js';
import type { CheckpointSource } from './verify-checkpoints.js';

export interface VerifyOptions {
  /** One case alone, by its reference; checkpoints and the other logs are left out then. */
  reference?: string | undefined;
  /** Where checkpoints lie outside the database; without it the database's own copies are taken. */
  checkpoints?: CheckpointSource | undefined;
  /** Keys of checkpoints; null: signatures are not checked. */
  keys?: readonly KeyObject[] | null;
  onProgress?: (progress: VerifyProgress) => void;
  /** Ends it between two batches, with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface VerifyProgress {
  /** Cases, then checkpoints. */
  what: 'cases' | 'checkpoints';
  done: number;
  total: number;
}

export interface Verification {
  /** Cases whose log and everything derived from it was recomputed. */
  checked: number;
  events: number;
  adminEvents: number;
  checkpoints: number;
  /** Log ends that checkpoints have seen and that were looked for. */
  leaves: number;
  /** Whether signatures were checked, and whether the checkpoints came from outside the database. */
  signatures: boolean;
  outside: boolean;
  findings: Finding[];
}

/** Recomputes every log, holds everything derived from them against them, and both against the checkpoints. Reads only. */
export async function verifyLogs(dataSource: DataSource, options: VerifyOptions = {}): Promise<Verification> {
  const { reference, keys = null, checkpoints, onProgress } = options;
  const cases = await verifyCases(dataSource, options);
  const none = { checkpoints: 0, leaves: 0, findings: [] };
  if (reference)
    return { ...cases, ...none, adminEvents: 0, signatures: false, outside: false, findings: cases.findings };
  const outside = await checkpoints?.numbers();
  return atOneInstant(dataSource, async (manager) => {
    const orphans = await orphanedLogs(manager);
    const admin = await verifyAdminEvents(manager);
    const source = checkpoints ?? new StoredCheckpoints(manager);
    const numbers = outside ?? (await source.numbers());
    const seen = await verifyCheckpoints(manager, source, numbers, keys, (done, total) =>
      onProgress?.({ what: 'checkpoints', done, total }),
    );
    return {
      ...cases,
      ...seen,
      adminEvents: admin.rows,
      signatures: keys !== null,
      outside: outside !== undefined,
      findings: [...cases.findings, ...orphans, ...admin.findings, ...seen.findings],
    };
  });
}

/** A batch is one snapshot: commands that are applied meanwhile look like nothing at all. */
async function verifyCases(dataSource: DataSource, { reference, onProgress, signal }: VerifyOptions) {
  const total = reference ? 1 : await count(dataSource.manager);
  const findings: Finding[] = [];
  let [checked, events] = [0, 0];
  for (let after: string | undefined; ;) {
    signal?.throwIfAborted();
    const batch = await atOneInstant(dataSource, (manager) => readBatch(manager, after, reference));
    if (!batch.length) return { checked, events, findings };
    for (const evidence of batch) {
      findings.push(...checkCase(evidence));
      events += evidence.log.length;
      await turn();
    }
    checked += batch.length;
    after = batch.at(-1)?.row.id;
    onProgress?.({ what: 'cases', done: checked, total: Math.max(total, checked) });
  }
}

/** Others in this process have their turn between two cases. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** A whole case that was taken out of its table leaves its events behind, or a key that was switched off. */
async function orphanedLogs(manager: EntityManager): Promise<Finding[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT e.case_id AS id FROM case_event e
     WHERE NOT EXISTS (SELECT FROM assistance_case c WHERE c.id = e.case_id) LIMIT 100`,
  );
  return rows.map(({ id }) => found('chain', id, 'noCase'));
}

async function count(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ n: number }[]>('SELECT count(*)::int AS n FROM assistance_case');
  return row?.n ?? 0;
}

function atOneInstant<T>(dataSource: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('SET TRANSACTION READ ONLY');
    return work(manager);
  });
}
