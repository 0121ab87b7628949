import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Mail } from './mail.entity.js';
import { Person } from './person.entity.js';

/** What has happened to a mail of the ledger since it was written there. */
export const MAIL_HAPPENINGS = [
  'held',
  'sent',
  'not_sent',
  'refused',
  'unknown',
  'suppressed',
  'gathered',
  'bounced',
  'auto_reply',
  'sent_again',
  'left',
] as const;
export type MailHappening = (typeof MAIL_HAPPENINGS)[number];

/** The history of the mail ledger: attempts with the server's answers, and whatever a person decided. It only grows. */
@Entity('mail_event')
@Index('mail_event_mail_idx', ['mailId', 'id'])
@Index('mail_event_unknown_idx', ['at'], { where: `happening = 'unknown'` })
export class MailEvent {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'mail_event_pkey',
  })
  id: string;
  @ForeignKey(() => Mail, { name: 'mail_event_mail_fkey' })
  @Column('uuid', { name: 'mail_id' })
  mailId: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  @Column('text') happening: MailHappening;
  /** Which attempt it was; null for what is none. */
  @Column('integer', { nullable: true }) attempt: number | null;
  /** The server's answer, or why. */
  @Column('text', { nullable: true }) detail: string | null;
  /** Who decided it; null for what the system did. */
  @ForeignKey(() => Person, { name: 'mail_event_person_fkey' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
}
