import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { Person } from './person.entity.js';

/** A published version of a working calendar, complete in itself (sla.md 2.2 rule 6b). Never changed. */
@Entity('calendar_version')
export class CalendarVersionRow {
  @PrimaryColumn('text', { name: 'calendar_id', primaryKeyConstraintName: 'calendar_version_pkey' }) calendarId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'calendar_version_pkey' }) version: number;
  @Column('text') title: string;
  @Column({ type: 'timestamptz', name: 'effective_from', precision: 3 }) effectiveFrom: Date;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3 }) recordedAt: Date;
  @ForeignKey(() => Person, { name: 'calendar_version_author_fkey' })
  @Column('uuid', { name: 'author_id' })
  authorId: string;
  @Column('text') reason: string;
  @Column('jsonb') calendar: WorkingCalendar;
}
