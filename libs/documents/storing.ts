import { createHash } from 'node:crypto';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { Document } from '#libs/database/entities/document.entity.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { EventBodies } from '#libs/domain/case/events.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { sealBytes } from '#libs/secrets/secret-box.js';
import { line } from '#libs/text/characters.js';
import { fileName } from './file-name.js';
import { checkFile } from './file-types.js';
import type { Checked } from './file-types.js';
import { CASE_BYTES, CASE_FILES } from './limits.js';
import type { Reason, RefusedFile } from './reasons.js';

/** A file as it comes from outside. */
export interface GivenFile {
  name: string;
  declaredType: string;
  content: Buffer;
}

/** A file that was looked through, before anything is written. */
export interface LookedAt extends GivenFile {
  checked: Checked;
}

/** Where a file comes from. */
export interface Origin {
  caseId: string;
  /** Who sent it; null when that is nobody known here. */
  actor: Actor | null;
  source: 'upload' | 'mail';
  sourceId: string | null;
}

export interface Stored {
  taken: Document[];
  refused: RefusedFile[];
}

/** The place of a document's content for `sealBytes`. */
export const placeOf = (documentId: string): string => `document/${documentId}`;

export const lookAt = (files: readonly GivenFile[]): Promise<LookedAt[]> =>
  Promise.all(files.map(async (file) => ({ ...file, checked: await checkFile(file.content) })));

const LONGEST_TYPE = 100;

/**
 * Writes what may be kept, under the lock of the case. A file that the same person has sent to this case before is that
 * one again: a form that is sent twice adds nothing.
 * @param now the deployment's (epoch ms)
 */
export async function store(
  manager: EntityManager,
  key: string,
  files: readonly LookedAt[],
  origin: Origin,
  state: CaseState,
  now: number,
): Promise<Stored> {
  const there = await documentsThere(manager, origin.caseId);
  const stored: Stored = { taken: [], refused: [] };
  const place = { ...origin, strayMailId: null, organisationId: respondersOf(origin.actor, state) };
  for (const file of files) {
    const row = rowOf(file, place, now);
    if (sameAmong(there, row)) continue;
    const reason = 'reason' in file.checked ? file.checked.reason : roomFor(row, there);
    if (reason) {
      stored.refused.push({ name: row.name, reason });
      // What came by mail is on the case's list with the reason: nobody stands at a form to be told.
      if (origin.source === 'mail')
        await manager.insert(Document, { ...row, state: 'refused', reason, erasedAt: row.uploadedAt });
      continue;
    }
    await keep(manager, key, row, file.content);
    there.push(row);
    stored.taken.push(row);
  }
  return stored;
}

/** Documents of a case that take up room. */
export const documentsThere = (manager: EntityManager, caseId: string): Promise<Document[]> =>
  manager.findBy(Document, { caseId, erasedAt: IsNull(), state: In(['quarantined', 'clean']) });

/** The same file of the same person, unless they have taken it back. */
export const sameAmong = (there: readonly Document[], { sha256, uploadedBy }: Document): Document | undefined =>
  there.find((one) => one.sha256 === sha256 && one.uploadedBy === uploadedBy && !one.removedAt);

/** Writes a file with what is in it, sealed. */
export async function keep(manager: EntityManager, key: string, row: Document, content: Buffer): Promise<void> {
  await manager.insert(Document, row);
  await manager.insert(DocumentContent, { documentId: row.id, sealed: sealBytes(key, placeOf(row.id), content) });
}

/** The organisation whose file it is, where a responder of the case sends it. */
export const respondersOf = (actor: Actor | null, state: CaseState): string | null =>
  actor !== null && relationsOf(actor, state).has('invited_responder') ? actor.organisationId : null;

/** Why there is no room for it beside the others; null: there is. */
export function roomFor({ size }: Document, there: readonly Document[]): Reason | null {
  if (there.length >= CASE_FILES) return 'too_many';
  return there.reduce((sum, one) => sum + one.size, size) > CASE_BYTES ? 'case_full' : null;
}

/** Where a file is kept, and whose it is. */
interface Place extends Omit<Origin, 'caseId'>, Pick<Document, 'caseId' | 'strayMailId' | 'organisationId'> {}

export function rowOf({ name, declaredType, content, checked }: LookedAt, place: Place, now: number): Document {
  const type = 'type' in checked ? checked.type : null;
  const { caseId, strayMailId, organisationId, actor, source, sourceId } = place;
  return Object.assign(new Document(), {
    id: uuidv7(),
    caseId,
    strayMailId,
    name: fileName(name, type),
    declaredType: line(declaredType).slice(0, LONGEST_TYPE),
    detectedType: type,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    letter: 'R' as const,
    state: 'quarantined' as const,
    reason: null,
    checkedBy: null,
    checkedAt: null,
    scanAfter: new Date(0),
    uploadedBy: actor?.personId ?? null,
    organisationId,
    uploadedAt: new Date(now),
    source,
    sourceId,
    readByOthers: false,
    removedAt: null,
    erasedAt: null,
  });
}

export const factsOf = ({ id, sha256, size }: Document): EventBodies['document_released'] => ({
  documentId: id,
  sha256,
  size,
});
