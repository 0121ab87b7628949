import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** An invitation to set up an account. Only a hash of its code is kept; it opens nothing without the address it was sent to. */
@Entity('account_invitation')
@Index('account_invitation_person_idx', ['personId'])
export class AccountInvitation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_invitation_pkey' }) id: string;
  @ForeignKey(() => Person, { name: 'account_invitation_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text', { name: 'code_hash' }) codeHash: string;
  /** Codes that were tried, the right one included. */
  @Column('integer') attempts: number;
  @Column('uuid', { name: 'invited_by', nullable: true }) invitedBy: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
  /** Used, or replaced by a newer one. */
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true }) endedAt: Date | null;
}
