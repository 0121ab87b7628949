import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { AccountMailParameters, DigestParameters, MailParameters } from '#libs/contracts/mail.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import type { Party } from '#libs/domain/case/clock-policy.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import { AssistanceCase } from './assistance-case.entity.js';
import { Organisation } from './organisation.entity.js';
import { Person } from './person.entity.js';

export const MAIL_STATES = [
  'due',
  'claimed',
  'sending',
  'sent',
  'failed',
  'unknown',
  'suppressed',
  'gathered',
  'bounced',
] as const;

/**
 * The mail ledger: `due → claimed → sending → sent | failed | unknown | suppressed`; `gathered` into a digest; `bounced`
 * after it was sent. One row a mail, written by the transaction that calls for it: of a case, or of somebody's account.
 */
@Entity('mail')
@Unique('mail_once_key', ['caseId', 'kind', 'recipient', 'sequence'])
@Index('mail_account_once_key', ['kind', 'recipient', 'sequence'], { unique: true, where: 'case_id IS NULL' })
@Index('mail_due_idx', ['class', 'sendAfter', 'id'], { where: `state = 'due'` })
@Index('mail_recipient_idx', ['recipient', 'sentAt'])
@Index('mail_message_id_key', ['messageId'], { unique: true })
@Index('mail_failed_idx', ['id'], { where: `state IN ('failed', 'bounced') AND followed_up_at IS NULL` })
@Index('mail_digest_idx', ['digestId'], { where: 'digest_id IS NOT NULL' })
@Index('mail_in_hand_idx', ['claimedAt'], { where: `state IN ('claimed', 'sending')` })
@Index('mail_undecided_idx', ['sendAfter', 'id'], {
  where: `state IN ('failed', 'unknown', 'bounced') AND left_at IS NULL`,
})
@Index('mail_send_after_idx', ['sendAfter', 'id'])
@Index('mail_unsent_idx', ['state'], { where: `state IN ('failed', 'unknown')` })
export class Mail {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_pkey' }) id: string;
  @ForeignKey(() => AssistanceCase, { name: 'mail_case_fkey' })
  @Column('uuid', { name: 'case_id', nullable: true })
  /** None: about an account, or a digest. */
  caseId: string | null;
  @Column('text') kind: string;
  /** Address, lower case. */
  @Column('text') recipient: string;
  @Column('text', { name: 'recipient_name' }) recipientName: string;
  /** What makes this mail one of its kind on the case (an event's version, or clock:subject:cycle:step) or to its recipient. */
  @Column('text') sequence: string;
  /** reminder: at most once · notice: at least once, same Message-ID. */
  @Column('text') delivery: 'reminder' | 'notice';
  @Column('text', { default: 'single' }) class: MailClass;
  /** What it waits for while it is due; null where it waits for nothing. */
  @Column('text', { name: 'held_for', nullable: true }) heldFor: HeldFor | null;
  /** Why it is owed: the type of the event of the case, empty for what is about an account. */
  @Column('text', { default: '' }) cause: string;
  /** Which side of the case it is for. */
  @Column('text', { nullable: true }) party: Party | null;
  /** Whose account it goes to; null for somebody without one. */
  @ForeignKey(() => Person, { name: 'mail_person_fkey' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** The responder organisation that it is for. */
  @ForeignKey(() => Organisation, { name: 'mail_organisation_fkey' })
  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId: string | null;
  /** When its recipient may be written to; null: at any time. */
  @Column('jsonb', { nullable: true }) reader: Reader | null;
  /** The digest that it went out in. */
  @ForeignKey(() => Mail, { name: 'mail_digest_fkey' })
  @Column('uuid', { name: 'digest_id', nullable: true })
  digestId: string | null;
  @Column({ type: 'timestamptz', name: 'bounced_at', precision: 3, nullable: true }) bouncedAt: Date | null;
  /** When what its failure calls for was begun: somebody told, another contact tried. */
  @Column({ type: 'timestamptz', name: 'followed_up_at', precision: 3, nullable: true }) followedUpAt: Date | null;
  /** When somebody decided to leave it as it is, though nobody knows whether it arrived, or it did not. */
  @Column({ type: 'timestamptz', name: 'left_at', precision: 3, nullable: true }) leftAt: Date | null;
  /** Version of the edited template that it was written with; null: the words that the program comes with. */
  @Column('integer', { nullable: true }) template: number | null;
  @Column('text') language: string;
  @Column('jsonb') parameters: MailParameters | AccountMailParameters | DigestParameters;
  /** What may not stay in the ledger, sealed under SECRETS_KEY; gone once the mail is sent or given up. */
  @Column('text', { nullable: true }) secret: string | null;
  @Column('text') state: (typeof MAIL_STATES)[number];
  @Column({ type: 'timestamptz', name: 'send_after', precision: 3 }) sendAfter: Date;
  @Column('integer') attempts: number;
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column({ type: 'timestamptz', name: 'claimed_at', precision: 3, nullable: true }) claimedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3, nullable: true }) sentAt: Date | null;
  /** The server's last answer, or why it was not sent. */
  @Column('text', { nullable: true }) response: string | null;
}
