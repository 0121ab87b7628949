import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed statement of where every log ended at an instant. The same text lies outside the database; never updated or deleted. */
@Entity('checkpoint')
export class Checkpoint {
  /** 1, 2, 3 … without a gap. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'checkpoint_pkey' }) number: number;
  /** Real time, also where the deployment has a demonstration clock. */
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  /** Leaves of the tree under it. */
  @Column('integer') size: number;
  /** Root of the tree, base64. */
  @Column('text') root: string;
  /** The signed note, as the file beside the database has it. */
  @Column('text') note: string;
  /** Right edge of the tree (hex), from which it is gone on with. */
  @Column('text', { array: true }) subtrees: string[];
}
