import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What somebody did to accounts, organisations or settings. One chain for the whole deployment; never updated or deleted.
 * Bodies hold ids, names of roles, and the reason that was given: no names of people and no addresses.
 */
@Entity('admin_event')
@Index('admin_event_subject_idx', ['subjectId', 'id'])
export class AdminEvent {
  /** The place in the chain: 1, 2, 3 … without a gap. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'admin_event_pkey' }) id: number;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  /** Null: an operator at the command line, or the system itself. */
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId: string | null;
  @Column('text') action: string;
  /** person, organisation, … */
  @Column('text', { name: 'subject_kind' }) subjectKind: string;
  @Column('uuid', { name: 'subject_id', nullable: true }) subjectId: string | null;
  @Column('jsonb') body: Record<string, unknown>;
  @Column('text', { name: 'previous_hash' }) previousHash: string;
  @Column('text') hash: string;
}
