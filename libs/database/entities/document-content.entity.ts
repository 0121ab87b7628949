import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Document } from './document.entity.js';

/** What is in a document, sealed under SECRETS_KEY for this document alone. Apart, so that no listing ever reads it. */
@Entity('document_content')
export class DocumentContent {
  @ForeignKey(() => Document, { name: 'document_content_document_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'document_id', primaryKeyConstraintName: 'document_content_pkey' })
  documentId: string;
  @Column('bytea') sealed: Buffer;
}
