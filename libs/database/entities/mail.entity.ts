import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { AccountMailParameters, MailParameters } from '#libs/contracts/mail.js';
import { AssistanceCase } from './assistance-case.entity.js';

/**
 * The mail ledger: `due → claimed → sending → sent | failed | unknown | suppressed`. One row a mail, written by the
 * transaction that calls for it: of a case, or of somebody's account.
 */
@Entity('mail')
@Unique('mail_once_key', ['caseId', 'kind', 'recipient', 'sequence'])
@Index('mail_account_once_key', ['kind', 'recipient', 'sequence'], { unique: true, where: 'case_id IS NULL' })
@Index('mail_due_idx', ['sendAfter', 'id'], { where: `state = 'due'` })
@Index('mail_in_hand_idx', ['claimedAt'], { where: `state IN ('claimed', 'sending')` })
@Index('mail_unsent_idx', ['state'], { where: `state IN ('failed', 'unknown')` })
export class Mail {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_pkey' }) id: string;
  @ForeignKey(() => AssistanceCase, { name: 'mail_case_fkey' })
  @Column('uuid', { name: 'case_id', nullable: true })
  /** None: about an account. */
  caseId: string | null;
  @Column('text') kind: string;
  /** Address, lower case. */
  @Column('text') recipient: string;
  @Column('text', { name: 'recipient_name' }) recipientName: string;
  /** What makes this mail one of its kind on the case (an event's version, or clock:subject:cycle:step) or to its recipient. */
  @Column('text') sequence: string;
  /** reminder: at most once · notice: at least once, same Message-ID. */
  @Column('text') delivery: 'reminder' | 'notice';
  @Column('text') language: string;
  @Column('jsonb') parameters: MailParameters | AccountMailParameters;
  /** What may not stay in the ledger, sealed under SECRETS_KEY; gone once the mail is sent or given up. */
  @Column('text', { nullable: true }) secret: string | null;
  @Column('text') state: 'due' | 'claimed' | 'sending' | 'sent' | 'failed' | 'unknown' | 'suppressed';
  @Column({ type: 'timestamptz', name: 'send_after', precision: 3 }) sendAfter: Date;
  @Column('integer') attempts: number;
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column({ type: 'timestamptz', name: 'claimed_at', precision: 3, nullable: true }) claimedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3, nullable: true }) sentAt: Date | null;
  /** The server's last answer, or why it was not sent. */
  @Column('text', { nullable: true }) response: string | null;
}
