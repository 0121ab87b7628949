import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Person } from './person.entity.js';

/** The address at which somebody's calendar reads their deadlines: one a person. Only the hash of its token is kept. */
@Entity('calendar_feed')
@Unique('calendar_feed_token_key', ['tokenHash'])
export class CalendarFeed {
  @ForeignKey(() => Person, { name: 'calendar_feed_person_fkey' })
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'calendar_feed_pkey' })
  personId: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  /** Within a few minutes. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true }) lastUsedAt: Date | null;
}
