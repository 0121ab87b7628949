import type { EntityManager } from 'typeorm';
import { civilDate } from '#libs/domain/calendar/civil.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';

/** The plan of work that requests and roles belong to. */
export const MANDATE = 'CCM-A9';

/** The next reference of the year in Geneva, e.g. `CCM-A9-2026-0042`; never given twice. `at`: epoch ms. */
export async function nextReference(manager: EntityManager, at: number): Promise<string> {
  const year = Number(civilDate(at, GENEVA.timezone).slice(0, 4));
  const [row] = await manager.query<{ last: number }[]>(
    `INSERT INTO reference_counter (mandate, year, last) VALUES ($1, $2, 1)
     ON CONFLICT (mandate, year) DO UPDATE SET last = reference_counter.last + 1 RETURNING last`,
    [MANDATE, year],
  );
  return `${MANDATE}-${year}-${String(row?.last ?? 0).padStart(4, '0')}`;
}
