import type { DataSource } from 'typeorm';
import { brokenAt, readLog } from '#libs/case-store/event-log.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';

const PAGE = 200;

export interface BrokenChain {
  caseId: string;
  reference: string;
  /** The first version that is not what was written, or that is missing. */
  version: number;
}

/** Recomputes the hash chain of one case (by reference) or of every case; `stop` ends it between two cases. */
export async function brokenChains(
  { manager }: DataSource,
  reference?: string,
  stop?: AbortSignal,
): Promise<{ checked: number; broken: BrokenChain[] }> {
  const broken: BrokenChain[] = [];
  let checked = 0;
  for (let page = await casesAfter(''); page.length; page = await casesAfter(page.at(-1)?.id ?? '')) {
    for (const row of page) {
      stop?.throwIfAborted();
      const log = await readLog(manager, row.id);
      const version = brokenAt(log) ?? (await lengthBrokenAt(row, log.length));
      if (version !== null) broken.push({ caseId: row.id, reference: row.reference, version });
    }
    checked += page.length;
  }
  return { checked, broken };

  /** A command may have been committed since the row was read; never fewer events than the row knew of. */
  async function lengthBrokenAt({ id, version }: { id: string; version: number }, length: number) {
    if (length < version) return length + 1;
    if (length === version) return null;
    const now = await manager.findOneByOrFail(AssistanceCase, { id });
    return length > now.version ? now.version + 1 : null;
  }

  function casesAfter(id: string): Promise<Pick<AssistanceCase, 'id' | 'reference' | 'version'>[]> {
    const query = manager.createQueryBuilder(AssistanceCase, 'row').select(['row.id', 'row.reference', 'row.version']);
    if (id) query.where('row.id > :id', { id });
    if (reference) query.andWhere('row.reference = :reference', { reference });
    return query.orderBy('row.id').limit(PAGE).getMany();
  }
}
