import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A leaf of the tree that checkpoints sign: where a log ended when a checkpoint was made. Never updated or deleted. */
@Entity('checkpoint_leaf')
@Index('checkpoint_leaf_subject_idx', ['log', 'subject', 'position'])
export class CheckpointLeaf {
  /** Its place in the tree: 0, 1, 2 … */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'checkpoint_leaf_pkey' }) position: number;
  /** case, or the name of the log's table. */
  @Column('text') log: string;
  /** Id of the case; `-` for a log that is one chain; the last row's id for a log of plain rows. */
  @Column('text') subject: string;
  /** Version of the last event, or how many rows there are up to that one. */
  @Column('integer') version: number;
  /** Of the last event, or of the rows since the leaf before. */
  @Column('text') hash: string;
}
