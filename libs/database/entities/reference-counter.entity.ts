import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last number given out per mandate and year; references are never reused. */
@Entity('reference_counter')
export class ReferenceCounter {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'reference_counter_pkey' }) mandate: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'reference_counter_pkey' }) year: number;
  @Column('integer') last: number;
}
