import type { EntityManager } from 'typeorm';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { Document } from '#libs/database/entities/document.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { CaseState } from '#libs/domain/case/state.js';
import type { TriageRoom } from './limits.js';
import { documentsThere, keep, respondersOf, roomFor, rowOf, sameAmong } from './storing.js';
import type { LookedAt } from './storing.js';

/** A mail on no case, and whose account wrote it. */
export interface StrayMail {
  inboundMailId: string;
  actor: Actor | null;
}

/**
 * Keeps files of a mail that is on no case: checked, sealed and scanned like others, and read by nobody. What there is no
 * room for is named with the reason.
 * @param now the deployment's (epoch ms)
 */
export async function storeStray(
  manager: EntityManager,
  key: string,
  files: readonly LookedAt[],
  { inboundMailId, actor }: StrayMail,
  room: TriageRoom,
  now: number,
): Promise<void> {
  const free = await freeBytes(manager, room, now);
  const place = { caseId: null, strayMailId: inboundMailId, organisationId: null, actor };
  const there: Document[] = [];
  for (const file of files) {
    const row = rowOf(file, { ...place, source: 'mail', sourceId: inboundMailId }, now);
    if (there.some(({ sha256 }) => sha256 === row.sha256)) continue;
    const taken = there.reduce((sum, { size }) => sum + size, row.size);
    const full = taken > free ? 'triage_full' : null;
    const reason = 'reason' in file.checked ? file.checked.reason : (roomFor(row, there) ?? full);
    if (reason) {
      await manager.insert(Document, { ...row, state: 'refused', reason, erasedAt: row.uploadedAt });
      continue;
    }
    await keep(manager, key, row, file.content);
    there.push(row);
  }
}

/** One mail after the other is measured: two at once would both find the last place free. */
async function freeBytes(manager: EntityManager, { day, all }: TriageRoom, now: number): Promise<number> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 50))', ['files in triage']);
  const [used] = await manager.query<[{ day: string; all: string }]>(
    `SELECT coalesce(sum(size), 0) AS all,
       coalesce(sum(size) FILTER (WHERE uploaded_at > $1), 0) AS day
     FROM document WHERE stray_mail_id IS NOT NULL AND erased_at IS NULL`,
    [new Date(now - DAY_MS)],
  );
  return Math.min(day - Number(used.day), all - Number(used.all));
}

/**
 * Makes them documents of the case that their mail was put on, under the lock of the case; what it has no room for stands
 * on its list with the reason. Those that are kept.
 * @param now the deployment's (epoch ms)
 */
export async function moveToCase(
  manager: EntityManager,
  { inboundMailId, actor }: StrayMail,
  { caseId, state }: { caseId: string; state: CaseState },
  now: number,
): Promise<Document[]> {
  const strays = await manager.find(Document, {
    where: { strayMailId: inboundMailId },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const there = await documentsThere(manager, caseId);
  const place = { caseId, strayMailId: null, organisationId: respondersOf(actor, state) };
  const moved: Document[] = [];
  for (const row of strays) {
    const isKept = row.state === 'quarantined' || row.state === 'clean';
    if (isKept && sameAmong(there, row)) {
      await manager.delete(Document, row.id);
      continue;
    }
    const reason = isKept ? roomFor(row, there) : null;
    const refused = reason && { state: 'refused' as const, reason, erasedAt: new Date(now) };
    await manager.update(Document, row.id, { ...place, ...refused });
    if (refused) await manager.delete(DocumentContent, { documentId: row.id });
    if (!isKept || refused) continue;
    const document = Object.assign(row, place);
    there.push(document);
    moved.push(document);
  }
  return moved;
}
