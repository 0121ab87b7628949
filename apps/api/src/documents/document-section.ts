import { Injectable } from '@nestjs/common';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import { Config } from '#libs/config/config.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { found } from '../cases/case-problems.js';
import { DocumentDesk } from './document-desk.js';
import { rowOf } from './document-words.js';

/** What every page of a case shows of its documents. */
@Injectable()
export class DocumentSection {
  constructor(
    private readonly desk: DocumentDesk,
    private readonly reader: CaseReader,
    private readonly config: Config,
  ) {}

  /** For a page that has written down its look at the case. */
  async of(reference: string, actor: Actor, lang: string) {
    const { state, ended } = found(await this.reader.row(reference, actor));
    const documents = await this.desk.shown(reference, actor);
    return {
      documents: documents.map((document) => rowOf(document, lang)),
      mayAddDocuments: !ended && can(actor, 'add-document', state),
      unscanned: this.config.scannerAddress === 'none',
    };
  }
}
