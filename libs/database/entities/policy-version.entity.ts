import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { Person } from './person.entity.js';

/** A published version of the policy, after the one that the program brings (version 1). Never changed. */
@Entity('policy_version')
export class PolicyVersionRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'policy_version_pkey' }) version: number;
  @Column({ type: 'timestamptz', name: 'effective_from', precision: 3 }) effectiveFrom: Date;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3 }) recordedAt: Date;
  @ForeignKey(() => Person, { name: 'policy_version_author_fkey' })
  @Column('uuid', { name: 'author_id' })
  authorId: string;
  @Column('text') reason: string;
  @Column('jsonb') clocks: ClockPolicy[];
}
