import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** The address in a digest by which somebody stops them (RFC 8058). Only a hash of its token is kept; it is good for nothing else. */
@Entity('mail_unsubscribe')
@Index('mail_unsubscribe_person_idx', ['personId'])
export class MailUnsubscribe {
  @PrimaryColumn('text', { name: 'token_hash', primaryKeyConstraintName: 'mail_unsubscribe_pkey' }) tokenHash: string;
  @ForeignKey(() => Person, { name: 'mail_unsubscribe_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column({ type: 'timestamptz', name: 'made_at', precision: 3 }) madeAt: Date;
  /** When it was used for the last time; using it again changes nothing more. */
  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true }) usedAt: Date | null;
}
