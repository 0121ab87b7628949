import type { KeyObject } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { LessThan } from 'typeorm';
import { Checkpoint } from '#libs/database/entities/checkpoint.entity.js';
import { Deployment } from '#libs/database/entities/deployment.entity.js';
import { isSigned } from './checkpoint-note.js';
import { lastCheckpoint } from './checkpointer.js';
import type { Verification } from './verification.js';

/** Two missed in a row, and a little. */
export const OVERDUE_SECONDS = 35 * 60;

/** A checkpoint as lists show it. */
export interface CheckpointItem {
  number: number;
  /** ISO 8601 UTC, real time. */
  at: string;
  size: number;
  /** Base64. */
  root: string;
  /** Null: no public key is set. */
  signed: boolean | null;
}

/** The newest first. @param before number of the last one that was shown */
export async function listCheckpoints(
  manager: EntityManager,
  keys: readonly KeyObject[] | null,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<{ items: CheckpointItem[]; next: string | null }> {
  const rows = await manager.find(Checkpoint, {
    where: before === undefined ? {} : { number: LessThan(before) },
    order: { number: 'DESC' },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(({ number, at, size, root, note }) => ({
    ...{ number, at: at.toISOString(), size, root },
    signed: keys && isSigned(note, keys),
  }));
  return { items, next: rows.length > limit ? String(items.at(-1)?.number) : null };
}

/** How long ago the last one was made, in seconds of real time; null before the first. */
export async function checkpointAge(manager: EntityManager, now = Date.now()): Promise<number | null> {
  const last = await lastCheckpoint(manager);
  return last && Math.max(0, (now - last.at.getTime()) / 1000);
}

const NAME = 'verification';
const KEPT_FINDINGS = 200;

/** What the last verification that somebody asked for on the page came to. */
export interface KeptVerification {
  /** When it ended; ISO 8601 UTC, real time. */
  at: string;
  /** Null: it failed; the log of the API says why. */
  result: Verification | null;
  /** How many findings there were; the first of them are in the result. */
  found: number;
}

export async function keepVerification({ manager }: DataSource, result: Verification | null): Promise<void> {
  const kept: KeptVerification = {
    at: new Date().toISOString(),
    result: result && { ...result, findings: result.findings.slice(0, KEPT_FINDINGS) },
    found: result?.findings.length ?? 0,
  };
  await manager.upsert(Deployment, { name: NAME, value: kept as never }, ['name']);
}

/** Null before the first. */
export async function lastVerification(manager: EntityManager): Promise<KeptVerification | null> {
  const row = await manager.findOneBy(Deployment, { name: NAME });
  return (row?.value as KeptVerification | undefined) ?? null;
}
