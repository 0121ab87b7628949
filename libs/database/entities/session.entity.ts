import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Person } from './person.entity.js';

export const SIGN_IN_METHODS = ['password', 'passkey', 'oidc', 'code'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** A signed-in person, for programs (bearer token) and pages (cookie) alike. Only the token's hash is kept. */
@Entity('session')
@Unique('session_id_key', ['id'])
@Index('session_expiry_idx', ['expiresAt'])
@Index('session_person_idx', ['personId'])
export class Session {
  @PrimaryColumn('text', { name: 'token_hash', primaryKeyConstraintName: 'session_pkey' }) tokenHash: string;
  /** What its owner calls it by; opens nothing. */
  @Column('uuid') id: string;
  @ForeignKey(() => Person, { name: 'session_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text', { name: 'csrf_token' }) csrfToken: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
  /** How its person proved who they are. */
  @Column('text') method: SignInMethod;
  /** A label such as “Firefox on Windows”; nothing else is kept of where it was begun. */
  @Column('text', { nullable: true }) browser: string | null;
  /** Within a few minutes. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3 }) lastUsedAt: Date;
  /** When a second factor was answered. */
  @Column({ type: 'timestamptz', name: 'second_factor_at', precision: 3, nullable: true }) secondFactorAt: Date | null;
}
