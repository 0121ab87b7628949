import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/** The breach ledger: entries are never edited away, only followed by a rescission or an excuse. */
@Entity('clock_breach')
export class ClockBreach {
  @ForeignKey(() => AssistanceCase, { name: 'clock_breach_case_fkey' })
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'clock_breach_pkey' })
  caseId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'clock_breach_pkey' }) clock: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'clock_breach_pkey' }) subject: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'clock_breach_pkey' }) cycle: number;
  /** Which target of the cycle was missed: one cycle may be late again after it was given more time. */
  @PrimaryColumn('integer', { default: 1, primaryKeyConstraintName: 'clock_breach_pkey' }) epoch: number;
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3 }) dueAt: Date;
  @Column('text') cause: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3 }) recordedAt: Date;
  @Column({ type: 'timestamptz', name: 'rescinded_at', precision: 3, nullable: true }) rescindedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'excused_at', precision: 3, nullable: true }) excusedAt: Date | null;
}
