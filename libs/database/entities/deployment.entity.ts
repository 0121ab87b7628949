import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Facts about this deployment: `clock_offset_ms` (trial only), `seen:<process>` (when a process last
 * reported), `reconciliation` (what the last comparison of the stores found), `demonstration_told` (trial only).
 */
@Entity('deployment')
export class Deployment {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'deployment_pkey' }) name: string;
  @Column('jsonb') value: unknown;
}
