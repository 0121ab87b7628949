import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A person's second factor: an app that shows a code every 30 seconds (RFC 6238). It counts from its confirmation. */
@Entity('authenticator')
export class Authenticator {
  @ForeignKey(() => Person, { name: 'authenticator_person_fkey' })
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'authenticator_pkey' })
  personId: string;
  /** Base 32, sealed under SECRETS_KEY. */
  @Column('text') secret: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  /** When its first code was typed in. */
  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true }) confirmedAt: Date | null;
  /** The step of time whose code was taken last: a code is taken once. */
  @Column('integer', { name: 'last_step' }) lastStep: number;
}
