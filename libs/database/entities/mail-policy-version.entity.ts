import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { Person } from './person.entity.js';

/** A version of the rules that mails go by. It never changes; version 1 comes with the program. */
@Entity('mail_policy_version')
export class MailPolicyVersionRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'mail_policy_version_pkey' }) version: number;
  @Column('jsonb') policy: MailPolicy;
  /** Why it was changed. */
  @Column('text') reason: string;
  @ForeignKey(() => Person, { name: 'mail_policy_version_person_fkey' })
  @Column('uuid', { name: 'published_by', nullable: true })
  publishedBy: string | null;
  @Column({ type: 'timestamptz', name: 'published_at', precision: 3 }) publishedAt: Date;
}
