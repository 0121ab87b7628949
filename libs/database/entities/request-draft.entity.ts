import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A request being written; only its author sees it. The idempotency key makes its submission happen once. */
@Entity('request_draft')
@Index('request_draft_person_idx', ['personId'])
export class RequestDraft {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'request_draft_pkey' }) id: string;
  @ForeignKey(() => Person, { name: 'request_draft_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** Answers so far, as typed; section names that are complete. */
  @Column('jsonb') answers: Record<string, unknown>;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt: Date;
  /** Set once the draft has become a case. */
  @Column('text', { nullable: true }) reference: string | null;
}
