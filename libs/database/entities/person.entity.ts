import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '#libs/domain/access/roles.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import type { ReaderRhythm } from '#libs/domain/mail/mail-policy.js';
import { Organisation } from './organisation.entity.js';

/** Somebody who signs in, or who only receives mail. Roles say what they may do; the organisation says for whom. */
@Entity('person')
@Unique('person_email_key', ['email'])
@Index('person_organisation_idx', ['organisationId'])
export class Person {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pkey' }) id: string;
  /** Lower case. */
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash: string | null;
  @ForeignKey(() => Organisation, { name: 'person_organisation_fkey' })
  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId: string | null;
  /** Those of the grants that stand now (`person_role`). */
  @Column('text', { array: true }) roles: Role[];
  @Column('text') language: string;
  @Column('text') timezone: string;
  /** Whether they may sign in; false for somebody who is invited and has not come yet, and for a disabled account. */
  @Column('boolean') active: boolean;
  @Column({ type: 'timestamptz', name: 'disabled_at', precision: 3, nullable: true }) disabledAt: Date | null;
  /** One more at every change by somebody else, so that nobody overwrites what they have not seen. */
  @Column('integer', { default: 1 }) revision: number;
  /** Follows one case by a code that was mailed (`case_guest`): no password, no role, no address of their own here. */
  @Column('boolean', { default: false }) guest: boolean;
  /** First and last civil date of a leave, in the person's own zone; mails go to the delegate meanwhile. */
  @Column('date', { name: 'on_leave_from', nullable: true }) onLeaveFrom: string | null;
  @Column('date', { name: 'on_leave_until', nullable: true }) onLeaveUntil: string | null;
  @ForeignKey(() => Person, { name: 'person_delegate_fkey' })
  @Column('uuid', { name: 'delegate_id', nullable: true })
  delegateId: string | null;
  /** How they want what can be gathered; null: as the rules of mail say. */
  @Column('text', { name: 'mail_rhythm', nullable: true }) mailRhythm: ReaderRhythm | null;
  /** Days and hours (`HH:MM`, in their zone) at which they read mail; null: as is usual. */
  @Column('text', { name: 'work_days', array: true, nullable: true }) workDays: Weekday[] | null;
  @Column('text', { name: 'work_from', nullable: true }) workFrom: string | null;
  @Column('text', { name: 'work_until', nullable: true }) workUntil: string | null;
}
