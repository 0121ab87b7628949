import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/** A code that was asked for with a reference and an address. Written for every asking, also where there is nothing to follow. */
@Entity('follow_code')
@Unique('follow_code_contact_key', ['contactHash'])
@Index('follow_code_expiry_idx', ['expiresAt'])
export class FollowCode {
  /** Of the secret in the cookie of the browser that asked. */
  @PrimaryColumn('text', { name: 'browser_hash', primaryKeyConstraintName: 'follow_code_pkey' }) browserHash: string;
  /** Of reference and address; a new code takes the place of the one before. */
  @Column('text', { name: 'contact_hash' }) contactHash: string;
  /** Null where reference and address do not belong together: no code opens it. */
  @ForeignKey(() => AssistanceCase, { name: 'follow_code_case_fkey' })
  @Column('uuid', { name: 'case_id', nullable: true })
  caseId: string | null;
  @Column('text', { name: 'code_hash' }) codeHash: string;
  @Column('integer') tries: number;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
}
