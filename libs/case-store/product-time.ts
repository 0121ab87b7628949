import type { EntityManager } from 'typeorm';
import { Deployment } from '#libs/database/entities/deployment.entity.js';

const OFFSET = 'clock_offset_ms';

/** The deployment's now in SQL, for statements that judge or write by it. */
export const PRODUCT_NOW = `(now() + coalesce((SELECT (value)::bigint FROM deployment WHERE name = '${OFFSET}'), 0) * interval '1 millisecond')`;

/** How far this deployment's clock has been advanced (trial deployments only), in milliseconds. */
export async function clockOffsetMs(manager: EntityManager): Promise<number> {
  const row = await manager.findOneBy(Deployment, { name: OFFSET });
  return typeof row?.value === 'number' ? row.value : 0;
}

/** The deployment's now (epoch ms): real time, and what the demo clock adds to it. */
export async function productNow(manager: EntityManager): Promise<number> {
  return Date.now() + (await clockOffsetMs(manager));
}

/** Moves the demo clock forward and returns the new offset in milliseconds. */
export async function advanceClock(manager: EntityManager, byMs: number): Promise<number> {
  const [row] = await manager.query<{ value: number }[]>(
    `INSERT INTO deployment (name, value) VALUES ($1, to_jsonb($2::bigint))
     ON CONFLICT (name) DO UPDATE SET value = to_jsonb((deployment.value)::bigint + $2::bigint) RETURNING value`,
    [OFFSET, byMs],
  );
  return row?.value ?? byMs;
}
