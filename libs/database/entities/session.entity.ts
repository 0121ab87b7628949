import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A signed-in person, for programs (bearer token) and pages (cookie) alike. Only the token's hash is kept. */
@Entity('session')
@Index('session_expiry_idx', ['expiresAt'])
export class Session {
  @PrimaryColumn('text', { name: 'token_hash', primaryKeyConstraintName: 'session_pkey' }) tokenHash: string;
  @ForeignKey(() => Person, { name: 'session_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text', { name: 'csrf_token' }) csrfToken: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
}
