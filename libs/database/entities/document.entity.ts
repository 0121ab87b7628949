import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';
import { InboundMail } from './inbound-mail.entity.js';

export const DOCUMENT_STATES = ['quarantined', 'clean', 'infected', 'refused'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** A document of a case, or of a mail that is on none yet, without what is in it (see `DocumentContent`). Whoever added it may be erased, so they have no key. */
@Entity('document')
@Index('document_case_idx', ['caseId'])
@Index('document_waiting_idx', ['scanAfter'], { where: `state = 'quarantined'` })
@Check('document_state_check', `state = ANY (ARRAY['quarantined', 'clean', 'infected', 'refused'])`)
@Index('document_stray_idx', ['strayMailId'], { where: 'stray_mail_id IS NOT NULL' })
@Check('document_place_check', '(case_id IS NULL) <> (stray_mail_id IS NULL)')
@Check('document_letter_check', `letter = ANY (ARRAY['R', 'P'])`)
export class Document {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'document_pkey' }) id: string;
  @ForeignKey(() => AssistanceCase, { name: 'document_case_fkey' })
  @Column('uuid', { name: 'case_id', nullable: true })
  caseId: string | null;
  /** The mail in triage that it came with: nobody reads it before that is on a case, and it goes with it. */
  @ForeignKey(() => InboundMail, { name: 'document_stray_mail_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'stray_mail_id', nullable: true })
  strayMailId: string | null;
  /** Cleaned, with the ending of what it really is; empty once erased. */
  @Column('text') name: string;
  /** What its sender called it; never used for an answer. */
  @Column('text', { name: 'declared_type' }) declaredType: string;
  /** What its content is; null when it was refused. */
  @Column('text', { name: 'detected_type', nullable: true }) detectedType: string | null;
  @Column('integer') size: number;
  /** Hexadecimal, of the bytes as they came; empty once erased. */
  @Column('text') sha256: string;
  @Column('text') letter: 'R' | 'P';
  @Column('text') state: DocumentState;
  /** Why it was refused (a code), or what the scanner found in it. */
  @Column('text', { nullable: true }) reason: string | null;
  /** `scanner`, or `type` where a deployment has none and says so; null while it waits. */
  @Column('text', { name: 'checked_by', nullable: true }) checkedBy: 'scanner' | 'type' | null;
  @Column({ type: 'timestamptz', name: 'checked_at', precision: 3, nullable: true }) checkedAt: Date | null;
  /** The scanner is not asked again before (real time, without the demo offset). */
  @Column({ type: 'timestamptz', name: 'scan_after', precision: 3 }) scanAfter: Date;
  @Column('uuid', { name: 'uploaded_by', nullable: true }) uploadedBy: string | null;
  @Column('uuid', { name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column({ type: 'timestamptz', name: 'uploaded_at', precision: 3 }) uploadedAt: Date;
  @Column('text') source: 'upload' | 'mail';
  /** Of a mail: the id of its row. */
  @Column('text', { name: 'source_id', nullable: true }) sourceId: string | null;
  /** Somebody else than whoever added it has had it. */
  @Column('boolean', { name: 'read_by_others', default: false }) readByOthers: boolean;
  @Column({ type: 'timestamptz', name: 'removed_at', precision: 3, nullable: true }) removedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'erased_at', precision: 3, nullable: true }) erasedAt: Date | null;
}
