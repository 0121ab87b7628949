import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A calendar or a policy that is being worked on and not published yet. Whoever may publish may go on with it. */
@Entity('rule_draft')
export class RuleDraft {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rule_draft_pkey' }) id: string;
  @Column('text') kind: 'policy' | 'calendar';
  /** Id of the calendar; empty for the policy. */
  @Column('text') subject: string;
  @Column('text') title: string;
  /** Number of the version that it was made from; 0 for a new calendar. */
  @Column('integer', { name: 'based_on' }) basedOn: number;
  /** The list of clocks, or the calendar. */
  @Column('jsonb') body: unknown;
  /** Counts the changes, so that two people do not overwrite each other's. */
  @Column('integer') revision: number;
  @ForeignKey(() => Person, { name: 'rule_draft_author_fkey' })
  @Column('uuid', { name: 'author_id' })
  authorId: string;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt: Date;
}
