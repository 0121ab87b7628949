import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CaseState } from '#libs/domain/case/state.js';
import { Person } from './person.entity.js';
import { State } from './state.entity.js';

/** The case row: a projection of the event log, and what the queues sort and filter by. */
@Entity('assistance_case')
@Unique('assistance_case_reference_key', ['reference'])
// On an expression, which only the migration can say: what the lists sort by.
@Index('assistance_case_queue_idx', { synchronize: false })
@Index('assistance_case_state_idx', ['requestingState', 'id'])
@Index('assistance_case_wake_idx', ['nextWakeAt'], { where: 'NOT ended' })
@Index('assistance_case_unstarted_idx', ['openedAt'], { where: 'workflow_started_at IS NULL' })
@Index('assistance_case_rules_changed_idx', ['rulesChangedAt'], { where: 'rules_changed_at IS NOT NULL' })
export class AssistanceCase {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assistance_case_pkey' }) id: string;
  @Column('text') reference: string;
  /** Version of the last event. */
  @Column('integer') version: number;
  @Column('text') stage: string;
  @Column('text', { name: 'side_state', nullable: true }) sideState: string | null;
  @Column('text', { nullable: true }) priority: string | null;
  @ForeignKey(() => Person, { name: 'assistance_case_owner_fkey' })
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null;
  @ForeignKey(() => State, { name: 'assistance_case_state_fkey' })
  @Column('text', { name: 'requesting_state' })
  requestingState: string;
  /** Whose move it is: coordinator, state, responder; null when nobody's. */
  @Column('text', { nullable: true }) awaiting: string | null;
  @Column({ type: 'timestamptz', name: 'opened_at', precision: 3 }) openedAt: Date;
  @Column({ type: 'timestamptz', name: 'touched_at', precision: 3 }) touchedAt: Date;
  /** Nearest deadline of a clock that runs; null when every clock is paused or stopped. */
  @Column({ type: 'timestamptz', name: 'nearest_due_at', precision: 3, nullable: true }) nearestDueAt: Date | null;
  @Column('text', { name: 'nearest_clock', nullable: true }) nearestClock: string | null;
  /** Earliest instant at which a running clock has used 75 % of its target. */
  @Column({ type: 'timestamptz', name: 'soon_at', precision: 3, nullable: true }) soonAt: Date | null;
  @Column('boolean') paused: boolean;
  /** Nothing can ever fall due again: the workflow has ended. */
  @Column('boolean') ended: boolean;
  @Column({ type: 'timestamptz', name: 'next_wake_at', precision: 3, nullable: true }) nextWakeAt: Date | null;
  /** Set by a publication that the case has not looked at yet. */
  @Column({ type: 'timestamptz', name: 'rules_changed_at', precision: 3, nullable: true }) rulesChangedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'workflow_started_at', precision: 3, nullable: true })
  workflowStartedAt: Date | null;
  /** The folded state (ids and facts only). */
  @Column('jsonb') state: CaseState;
}
