import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/** What happened on a case. The truth; everything else about the case can be rebuilt from these rows. Never updated or deleted. */
@Entity('case_event')
@Index('case_event_clock_idx', ['recordedAt'], { where: 'actor_id IS NULL' })
@Index('case_event_recorded_idx', ['recordedAt', 'caseId', 'version'])
@Index('case_event_actor_idx', ['actorId', 'recordedAt', 'caseId', 'version'], { where: 'actor_id IS NOT NULL' })
export class CaseEvent {
  @ForeignKey(() => AssistanceCase, { name: 'case_event_case_fkey' })
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'case_event_pkey' })
  caseId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'case_event_pkey' }) version: number;
  @Column('text') type: string;
  @Column({ type: 'timestamptz', name: 'effective_at', precision: 3 }) effectiveAt: Date;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3 }) recordedAt: Date;
  /** Null: the case's own clocks. */
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId: string | null;
  @Column('jsonb') body: Record<string, unknown>;
  @Column('text', { name: 'previous_hash' }) previousHash: string;
  @Column('text') hash: string;
}
