import type { EntityManager } from 'typeorm';

/** Logs beside those of the cases that are one hash chain (columns `id`, `previous_hash`, `hash`). */
export const CHAINED_LOGS = ['admin_event'];

/** Logs of plain rows, told apart by a column `id` that grows with time. One that a deployment does not have is passed over. */
export const ROW_LOGS = ['access_log'];

export async function tableExists(manager: EntityManager, table: string): Promise<boolean> {
  const [row] = await manager.query<{ there: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS there', [
    `public.${table}`,
  ]);
  return row?.there ?? false;
}
