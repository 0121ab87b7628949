import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/**
 * A command that somebody sent, known by (who, idempotency key). Its body rests here, not in Temporal, until it is
 * applied; afterwards only the payload's hash and the result stay.
 */
@Entity('command')
@Index('command_case_idx', ['caseId'])
@Index('command_policy_waiting_idx', ['receivedAt', 'id'], {
  where: `verb = 'apply-policy' AND applied_at IS NULL`,
})
export class Command {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'command_pkey' }) id: string;
  @ForeignKey(() => AssistanceCase, { name: 'command_case_fkey' })
  @Column('uuid', { name: 'case_id' })
  caseId: string;
  @Column('uuid', { name: 'actor_id' }) actorId: string;
  @Column('text') verb: string;
  @Column('text', { name: 'payload_hash' }) payloadHash: string;
  @Column('jsonb', { nullable: true }) body: object | null;
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 }) receivedAt: Date;
  @Column({ type: 'timestamptz', name: 'applied_at', precision: 3, nullable: true }) appliedAt: Date | null;
  /** Version of the case right after the command. */
  @Column('integer', { name: 'result_version', nullable: true }) resultVersion: number | null;
}
