import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Person } from './person.entity.js';

export const TOKEN_SCOPES = ['read', 'act'] as const;
/** read: GET and HEAD alone · act: whatever its person may do. */
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** What a program holds to act for a person. Only the token's hash is kept. */
@Entity('api_token')
@Unique('api_token_hash_key', ['tokenHash'])
@Index('api_token_person_idx', ['personId'])
export class ApiToken {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_token_pkey' }) id: string;
  @ForeignKey(() => Person, { name: 'api_token_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** What its person calls it by. */
  @Column('text') name: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('text', { array: true }) scopes: TokenScope[];
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 }) expiresAt: Date;
  /** Within a few minutes. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true }) lastUsedAt: Date | null;
}
