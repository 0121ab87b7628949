import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ReplyMeaning } from '#libs/domain/case/events.js';
import { AssistanceCase } from './assistance-case.entity.js';
import { Mail } from './mail.entity.js';
import { Organisation } from './organisation.entity.js';
import { Person } from './person.entity.js';

export const INBOUND_KINDS = ['reply', 'bounce', 'automatic', 'loop'] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** `waiting` for a person: on its case, or in triage where it is on none; `filed`: nothing is to be done. */
export const INBOUND_STATES = ['waiting', 'accepted', 'set_aside', 'filed'] as const;
export type InboundState = (typeof INBOUND_STATES)[number];

/** How it was found what it is about: the signed address, the thread, a person's word; null: it was not. */
export const FOUND_BY = ['address', 'thread', 'person'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

/** A file that came with it, as it was named; what is kept of it is a `Document`. */
export interface NamedFile {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
}

/** Mail that has come in, each message once. */
@Entity('inbound_mail')
@Index('inbound_mail_fingerprint_key', ['fingerprint'], { unique: true })
@Index('inbound_mail_case_idx', ['caseId', 'receivedAt'], { where: 'case_id IS NOT NULL' })
@Index('inbound_mail_triage_idx', ['receivedAt', 'id'], { where: `case_id IS NULL AND state = 'waiting'` })
export class InboundMail {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'inbound_mail_pkey' }) id: string;
  @Column('text') kind: InboundKind;
  @Column('text') state: InboundState;
  @Column('text', { name: 'found_by', nullable: true }) foundBy: FoundBy | null;
  @ForeignKey(() => AssistanceCase, { name: 'inbound_mail_case_fkey' })
  @Column('uuid', { name: 'case_id', nullable: true })
  caseId: string | null;
  /** The row of the ledger that it answers or bounces. */
  @ForeignKey(() => Mail, { name: 'inbound_mail_mail_fkey' })
  @Column('uuid', { name: 'mail_id', nullable: true })
  mailId: string | null;
  /** Whose account the sender's address is of. */
  @ForeignKey(() => Person, { name: 'inbound_mail_person_fkey' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** Which side of the case the sender is on. */
  @Column('text', { nullable: true }) party: 'requester' | 'responder' | null;
  @ForeignKey(() => Organisation, { name: 'inbound_mail_organisation_fkey' })
  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId: string | null;
  /** Address, lower case; empty: none was given. */
  @Column('text') sender: string;
  @Column('text', { name: 'sender_name' }) senderName: string;
  @Column('text') subject: string;
  /** Without quoted history and signature. */
  @Column('text') text: string;
  /** As it came; null where that is the same. */
  @Column('text', { nullable: true }) original: string | null;
  @Column('jsonb') attachments: NamedFile[];
  @Column('text', { name: 'message_id' }) messageId: string;
  /** Hash of Message-ID and content: the same message through another door, or sent again, is the same. */
  @Column('text') fingerprint: string;
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 }) receivedAt: Date;
  @Column({ type: 'timestamptz', name: 'decided_at', precision: 3, nullable: true }) decidedAt: Date | null;
  @ForeignKey(() => Person, { name: 'inbound_mail_decided_by_fkey' })
  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: string | null;
  /** What it was accepted as. */
  @Column('text', { nullable: true }) meaning: ReplyMeaning | null;
  /** Why it was put on the case, or set aside. */
  @Column('text', { nullable: true }) reason: string | null;
}
