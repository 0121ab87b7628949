import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often somebody has tried something in the window of time that is running. */
@Entity('rate_limit')
@Index('rate_limit_window_idx', ['windowEndsAt'])
export class RateLimit {
  /** A hash under SECRETS_KEY of what is counted: no address and no place is kept. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_limit_pkey' }) key: string;
  @Column('integer') hits: number;
  @Column({ type: 'timestamptz', name: 'window_ends_at', precision: 3 }) windowEndsAt: Date;
  @Column({ type: 'timestamptz', name: 'blocked_until', precision: 3, nullable: true }) blockedUntil: Date | null;
}
