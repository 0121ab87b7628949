import type { DataSource } from 'typeorm';
import { Deployment } from '#libs/database/entities/deployment.entity.js';
import type { Drift } from './drift.js';

const NAME = 'reconciliation';

/** What the last comparison of the stores found. */
export interface Findings {
  /** ISO 8601 UTC, real time. */
  at: string;
  /** Open cases compared. */
  checked: number;
  drift: Drift[];
}

/** Keeps the findings, for the system page and for the next look. */
export async function keepFindings({ manager }: DataSource, findings: Findings): Promise<void> {
  await manager.upsert(Deployment, { name: NAME, value: findings as never }, ['name']);
}

/** The last findings; null when the stores have never been compared. */
export async function lastFindings({ manager }: DataSource): Promise<Findings | null> {
  const row = await manager.findOneBy(Deployment, { name: NAME });
  return (row?.value as Findings | undefined) ?? null;
}
