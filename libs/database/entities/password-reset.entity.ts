import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** Somebody asked for a new password: a code was sent by mail, to be typed into the browser that asked. */
@Entity('password_reset')
@Index('password_reset_person_idx', ['personId'])
@Index('password_reset_expiry_idx', ['expiresAt'])
export class PasswordReset {
  /** Hash of the cookie of the browser that asked. */
  @PrimaryColumn('text', { name: 'browser_hash', primaryKeyConstraintName: 'password_reset_pkey' }) browserHash: string;
  /** None: nobody has the address that was given. Nothing else is different. */
  @ForeignKey(() => Person, { name: 'password_reset_person_fkey' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** Under SECRETS_KEY. */
  @Column('text', { name: 'code_hash' }) codeHash: string;
  /** Wrong codes so far. */
  @Column('integer') tries: number;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
}
