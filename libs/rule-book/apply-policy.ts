import type { DataSource } from 'typeorm';
import { In } from 'typeorm';
import type { CommandDesk } from '#libs/case-store/command-desk.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';

export interface Application {
  version: number;
  /** References of the cases that were chosen. */
  cases: readonly string[];
  reason: string;
  authorId: string;
  /** Idempotency key: the same application is taken in once. */
  key: string;
}

/**
 * Takes in a step "go by this version of the policy" for each chosen case; the worker hands them on, each is an event in
 * its case's log (sla.md 2.5). Returns how many cases there were; references that there are not are left out.
 */
export async function applyPolicyTo(
  dataSource: DataSource,
  desk: CommandDesk,
  { version, cases, reason, authorId, key }: Application,
): Promise<number> {
  const rows = await dataSource.manager.find(AssistanceCase, {
    select: { id: true },
    where: { reference: In([...cases]), ended: false },
  });
  for (const { id } of rows)
    await desk.receive(id, authorId, `${key}:${id}`, { verb: 'apply-policy', body: { version, reason } });
  return rows.length;
}
