import type { EntityManager } from 'typeorm';
import { Deployment } from '#libs/database/entities/deployment.entity.js';

const NAME = 'checkpoint_trouble';

/** Remembers that the folder and the database tell different stories, for the page. */
export async function keepTrouble(manager: EntityManager, at: Date): Promise<void> {
  await manager.upsert(Deployment, { name: NAME, value: { at: at.toISOString() } as never }, ['name']);
}

export async function forgetTrouble(manager: EntityManager): Promise<void> {
  await manager.delete(Deployment, { name: NAME });
}

/** When the last attempt found the two apart (ISO 8601 UTC); null when a checkpoint has been made since. */
export async function troubleSince(manager: EntityManager): Promise<string | null> {
  const row = await manager.findOneBy(Deployment, { name: NAME });
  return (row?.value as { at: string } | undefined)?.at ?? null;
}
