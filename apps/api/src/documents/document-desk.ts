import { HttpException, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { productNow } from '#libs/case-store/product-time.js';
import { DocumentRefused, Documents } from '#libs/documents/documents.js';
import { DocumentShelf } from '#libs/documents/document-shelf.js';
import type { DocumentView } from '#libs/documents/document-shelf.js';
import type { RefusedFile } from '#libs/documents/reasons.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { found } from '../cases/case-problems.js';
import { documentProblem, unreadForm } from './document-problems.js';
import type { UploadRequest } from './upload.js';

/** Whoever asks, in which request. */
export interface Asking {
  actor: Actor;
  requestId: string;
}

/** What the doors (API and pages) do with the documents of a case. Whoever may not know of one finds none (404). */
@Injectable()
export class DocumentDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CaseReader,
    private readonly documents: Documents,
    private readonly shelf: DocumentShelf,
  ) {}

  /** Written down as a look at the case. */
  async list(reference: string, { actor, requestId }: Asking): Promise<DocumentView[]> {
    const row = found(await this.reader.look(reference, actor, { door: 'documents', requestId }));
    return this.shelf.list(row, actor, await this.now());
  }

  /** The same for a page that has written down its look already. */
  async shown(reference: string, actor: Actor): Promise<DocumentView[]> {
    const row = found(await this.reader.row(reference, actor));
    return this.shelf.list(row, actor, await this.now());
  }

  /** A document with its content, written down as a look before it is handed out. */
  async open(reference: string, id: string, { actor, requestId }: Asking) {
    const row = found(await this.reader.row(reference, actor));
    const opened = found(await this.shelf.open(row, actor, uuid(id), await this.now()), 'document');
    found(await this.reader.look(reference, actor, { door: 'documents', requestId }));
    return opened;
  }

  /** Ids of what was taken, and what was not. @throws HttpException when the form is no form with files, or nothing may be added */
  async add(
    reference: string,
    request: UploadRequest,
    actor: Actor,
  ): Promise<{ taken: string[]; refused: RefusedFile[] }> {
    const row = found(await this.reader.row(reference, actor));
    if (request.unread) throw unreadForm(request.unread);
    // A browser sends an empty part without a name where nothing was chosen.
    const files = (request.files ?? [])
      .filter(({ originalname, buffer }) => originalname !== '' || buffer.length > 0)
      .map(({ originalname, mimetype, buffer }) => ({ name: originalname, declaredType: mimetype, content: buffer }));
    if (!files.length) throw unreadForm('malformed');
    const { taken, refused } = await allowed(this.documents.add(row.id, actor, files));
    return { taken: taken.map(({ id }) => id), refused };
  }

  async release(reference: string, id: string, { actor }: Asking): Promise<void> {
    await this.change(reference, actor, (row) => this.documents.release(row.id, actor, uuid(id)));
  }

  async remove(reference: string, id: string, { actor }: Asking): Promise<void> {
    await this.change(reference, actor, (row) => this.documents.remove(row.id, actor, uuid(id)));
  }

  private async change(reference: string, actor: Actor, act: (row: AssistanceCase) => Promise<boolean>): Promise<void> {
    const row = found(await this.reader.row(reference, actor));
    if (!(await allowed(act(row)))) found(null, 'document');
  }

  private now(): Promise<number> {
    return productNow(this.dataSource.manager);
  }
}

/** What is no id is the id of nothing. */
const uuid = (id: string): string =>
  found(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : null, 'document');

async function allowed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DocumentRefused ? documentProblem(error) : error;
  }
}

/** Whether an answer can be shown beside the form that led to it. */
export const isRefusal = (error: unknown): error is HttpException =>
  error instanceof HttpException && [400, 409, 413, 422].includes(error.getStatus());
