import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a browser that has begun to sign in must come back with; used once, and worth nothing after a few minutes. */
@Entity('sign_in_attempt')
@Index('sign_in_attempt_expiry_idx', ['expiresAt'])
export class SignInAttempt {
  /** Of the secret that the browser keeps in a cookie. */
  @PrimaryColumn('text', { name: 'secret_hash', primaryKeyConstraintName: 'sign_in_attempt_pkey' }) secretHash: string;
  @Column('text') kind: string;
  @Column('jsonb') data: unknown;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
}
