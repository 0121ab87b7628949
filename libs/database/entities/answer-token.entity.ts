import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';
import { Mail } from './mail.entity.js';
import { Organisation } from './organisation.entity.js';
import { Person } from './person.entity.js';

/** What a responder can answer by the link in a mail: whether it is interested, or how the work stands. */
export type AnswerPurpose = 'answer' | 'progress';

/**
 * One answer of one person on one case, by the link in one mail. The link names it and opens nothing; the code, which
 * stands in the mail and is typed, does. Both are kept as hashes.
 */
@Entity('answer_token')
@Index('answer_token_case_idx', ['caseId'])
@Index('answer_token_mail_idx', ['mailId'])
@Index('answer_token_person_idx', ['personId'])
@Index('answer_token_expiry_idx', ['expiresAt'])
export class AnswerToken {
  @PrimaryColumn('text', { name: 'handle_hash', primaryKeyConstraintName: 'answer_token_pkey' }) handleHash: string;
  @ForeignKey(() => Mail, { name: 'answer_token_mail_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'mail_id' })
  mailId: string;
  @ForeignKey(() => AssistanceCase, { name: 'answer_token_case_fkey' })
  @Column('uuid', { name: 'case_id' })
  caseId: string;
  @ForeignKey(() => Person, { name: 'answer_token_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** The responder that they answer for. */
  @ForeignKey(() => Organisation, { name: 'answer_token_organisation_fkey' })
  @Column('uuid', { name: 'organisation_id' })
  organisationId: string;
  @Column('text') purpose: AnswerPurpose;
  @Column('text', { name: 'code_hash' }) codeHash: string;
  /** Hashes of the codes that were wrong, each once: too many of them lock it. */
  @Column('text', { name: 'wrong_codes', array: true, default: [] }) wrongCodes: string[];
  @Column({ type: 'timestamptz', name: 'made_at', precision: 3 }) madeAt: Date;
  /** In the deployment's time. */
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true }) usedAt: Date | null;
  /** When its reason ended, or a later link took its place. */
  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true }) revokedAt: Date | null;
}
