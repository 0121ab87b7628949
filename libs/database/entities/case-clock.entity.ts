import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/** One cycle of one clock, as last computed. `subject` is an organisation, offer, milestone or question id, or ''. */
@Entity('case_clock')
@Index('case_clock_due_idx', ['dueAt'])
@Index('case_clock_open_idx', ['dueAt'], { where: 'stopped_at IS NULL' })
export class CaseClock {
  @ForeignKey(() => AssistanceCase, { name: 'case_clock_case_fkey' })
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'case_clock_pkey' })
  caseId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'case_clock_pkey' }) name: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'case_clock_pkey' }) subject: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'case_clock_pkey' }) cycle: number;
  @Column('text') state: string;
  @Column({ type: 'timestamptz', name: 'started_at', precision: 3 }) startedAt: Date;
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, nullable: true }) dueAt: Date | null;
  @Column({ type: 'timestamptz', name: 'soon_at', precision: 3, nullable: true }) soonAt: Date | null;
  @Column({ type: 'timestamptz', name: 'stopped_at', precision: 3, nullable: true }) stoppedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'breached_at', precision: 3, nullable: true }) breachedAt: Date | null;
  /** What the deadline was computed by; null in rows from before that was noted. */
  @Column('text', { name: 'calendar_id', nullable: true }) calendarId: string | null;
  @Column('integer', { name: 'calendar_version', nullable: true }) calendarVersion: number | null;
  @Column('integer', { name: 'policy_version', nullable: true }) policyVersion: number | null;
  /** Release of the time-zone database. */
  @Column('text', { nullable: true }) tzdb: string | null;
}
