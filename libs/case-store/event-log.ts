import type { EntityManager } from 'typeorm';
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import type { LoggedEvent, NewEvent } from '#libs/domain/case/events.js';
import { canonicalJson } from './canonical-json.js';
import { sha256 } from './hashes.js';

/** What the first event of a case is chained to. */
export const GENESIS = '0'.repeat(64);

/** The whole log of a case, oldest first. */
export function readLog(manager: EntityManager, caseId: string): Promise<CaseEvent[]> {
  return manager.find(CaseEvent, { where: { caseId }, order: { version: 'ASC' } });
}

export const toLogged = (row: CaseEvent): LoggedEvent =>
  ({
    type: row.type,
    body: row.body,
    version: row.version,
    effectiveAt: row.effectiveAt.getTime(),
    recordedAt: row.recordedAt.getTime(),
    actorId: row.actorId,
  }) as LoggedEvent;

interface Recording {
  effectiveAt: number;
  recordedAt: number;
  actorId: string | null;
}

/** The row that follows `last` in the chain. Nothing is written yet. */
export function follow(
  caseId: string,
  last: CaseEvent | undefined,
  event: NewEvent,
  { effectiveAt, recordedAt, actorId }: Recording,
): CaseEvent {
  const row = {
    caseId,
    version: (last?.version ?? 0) + 1,
    type: event.type,
    effectiveAt: new Date(effectiveAt),
    recordedAt: new Date(recordedAt),
    actorId,
    body: { ...event.body },
    previousHash: last?.hash ?? GENESIS,
  };
  return { ...row, hash: hashOf(row) };
}

/** SHA-256 over the previous hash and the canonical JSON of everything else in the row. */
export function hashOf(row: Omit<CaseEvent, 'hash'>): string {
  const { caseId, version, type, effectiveAt, recordedAt, actorId, body, previousHash } = row;
  const content = {
    caseId,
    version,
    type,
    effectiveAt: effectiveAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    actorId,
    body,
  };
  return sha256(previousHash + canonicalJson(content));
}

/** The version at which a log stops being what was written; null when the whole chain holds. */
export function brokenAt(log: readonly CaseEvent[]): number | null {
  const broken = log.findIndex((row, index) => {
    const previous = log[index - 1];
    return row.version !== index + 1 || row.previousHash !== (previous?.hash ?? GENESIS) || row.hash !== hashOf(row);
  });
  return broken < 0 ? null : broken + 1;
}
