import type { DataSource } from 'typeorm';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { Document } from '#libs/database/entities/document.entity.js';
import type { DocumentState } from '#libs/database/entities/document.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { unsealBytes } from '#libs/secrets/secret-box.js';
import { REASONS } from './reasons.js';
import type { Reason } from './reasons.js';
import { placeOf } from './storing.js';

/** A document in a list. */
export interface DocumentView {
  id: string;
  /** Empty when it is erased. */
  name: string;
  /** What its content is. */
  type: string | null;
  /** Bytes. */
  size: number;
  sha256: string;
  state: DocumentState;
  /** Checked by the scanner, or by its type only. */
  checkedBy: 'scanner' | 'type' | null;
  /** Why it was refused; null when it was not. */
  refused: string | null;
  /** `R`: the State and the coordinators; `P`: also those who work on the case. */
  letter: 'R' | 'P';
  source: 'upload' | 'mail';
  addedAt: string;
  /** By the viewer. */
  yours: boolean;
  removedAt: string | null;
  erasedAt: string | null;
  mayDownload: boolean;
  mayRelease: boolean;
  mayRemove: boolean;
}

/** The case that documents are of, as it stands. */
interface OfCase {
  id: string;
  state: CaseState;
}

/** What is there to read. */
export class DocumentShelf {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretsKey: string,
  ) {}

  /** The documents of a case that this person may read, oldest first. `at`: epoch ms, the deployment's now. */
  async list({ id: caseId, state }: OfCase, actor: Actor, at: number): Promise<DocumentView[]> {
    const rows = await this.dataSource.manager.find(Document, { where: { caseId }, order: { id: 'ASC' } });
    return rows
      .filter((row) => can(actor, 'read-document', { ...row, state, at }))
      .map((row) => viewOf(row, actor, state, at));
  }

  /** A document with what is in it, for one who may have it: checked, and not erased. Null for everybody else. */
  async open(
    { id: caseId, state }: OfCase,
    actor: Actor,
    id: string,
    at: number,
  ): Promise<{ document: Document; content: Buffer } | null> {
    return this.dataSource.transaction(async (manager) => {
      // Whoever takes it back meanwhile waits, and then knows that it has been read.
      const row = await manager.findOne(Document, { where: { id, caseId }, lock: { mode: 'pessimistic_write' } });
      if (!row || !isHandedOut(row) || !can(actor, 'read-document', { ...row, state, at })) return null;
      const kept = await manager.findOneBy(DocumentContent, { documentId: id });
      if (!kept) return null;
      if (row.uploadedBy !== actor.personId && !row.readByOthers)
        await manager.update(Document, id, { readByOthers: true });
      return { document: row, content: unsealBytes(this.secretsKey, placeOf(id), kept.sealed) };
    });
  }
}

const isHandedOut = ({ state, erasedAt }: Document): boolean => state === 'clean' && erasedAt === null;

function viewOf(row: Document, actor: Actor, state: CaseState, at: number): DocumentView {
  const subject = { ...row, state, at };
  const there = row.removedAt === null && row.erasedAt === null;
  return {
    id: row.id,
    name: row.name,
    type: row.detectedType,
    size: row.size,
    sha256: row.sha256,
    state: row.state,
    checkedBy: row.checkedBy,
    refused: row.state === 'refused' ? (REASONS[row.reason as Reason] ?? REASONS.not_allowed) : null,
    letter: row.letter,
    source: row.source,
    addedAt: row.uploadedAt.toISOString(),
    yours: row.uploadedBy === actor.personId,
    removedAt: row.removedAt?.toISOString() ?? null,
    erasedAt: row.erasedAt?.toISOString() ?? null,
    mayDownload: isHandedOut(row),
    mayRelease: there && row.letter === 'R' && isHandedOut(row) && can(actor, 'release-document', subject),
    mayRemove: there && can(actor, 'remove-document', subject),
  };
}
