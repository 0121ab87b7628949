import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** The words of one kind of mail in one language, as somebody wrote them. A version never changes; the newest is in force. */
@Entity('mail_template_version')
export class MailTemplateVersion {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'mail_template_version_pkey' }) kind: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'mail_template_version_pkey' }) language: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'mail_template_version_pkey' }) version: number;
  /** Null, with the other words: those that the program comes with hold again. */
  @Column('text', { nullable: true }) subject: string | null;
  @Column('text', { array: true, nullable: true }) lines: string[] | null;
  /** What the link is called. */
  @Column('text', { nullable: true }) link: string | null;
  /** The earlier version whose words these are again; 0: those of the program. */
  @Column('integer', { nullable: true }) restores: number | null;
  @ForeignKey(() => Person, { name: 'mail_template_version_person_fkey' })
  @Column('uuid', { name: 'edited_by' })
  editedBy: string;
  @Column({ type: 'timestamptz', name: 'edited_at', precision: 3 }) editedAt: Date;
}
