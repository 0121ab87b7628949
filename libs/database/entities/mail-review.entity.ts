import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** Somebody has confirmed these words of a mail. It holds for these words alone: others have another hash. */
@Entity('mail_review')
export class MailReview {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'mail_review_pkey' }) kind: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'mail_review_pkey' }) language: string;
  @PrimaryColumn('text', { name: 'words_hash', primaryKeyConstraintName: 'mail_review_pkey' }) wordsHash: string;
  @ForeignKey(() => Person, { name: 'mail_review_person_fkey' })
  @Column('uuid', { name: 'reviewed_by' })
  reviewedBy: string;
  @Column({ type: 'timestamptz', name: 'reviewed_at', precision: 3 }) reviewedAt: Date;
}
