import type { DataSource } from 'typeorm';
import { keyedHash } from '#libs/secrets/secret-box.js';

export interface Limit {
  /** So many are allowed within the window. */
  most: number;
  seconds: number;
  /** How long nothing is allowed after one too many; as long as the window where it is not said. */
  blockSeconds?: number;
}

export interface Count {
  hits: number;
  /** Seconds until it is counted anew. */
  left: number;
  /** One too many: seconds until it may be tried again; 0 while it may. */
  wait: number;
}

/** Somebody has tried too often. */
export class TooManyTries extends Error {
  override name = 'TooManyTries';

  constructor(readonly waitSeconds: number) {
    super(`tried too often; wait ${waitSeconds} seconds`);
  }
}

/** Counts what may only be tried so often, for all processes of a deployment together: one statement a try. */
export class RateLimits {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretsKey: string,
  ) {}

  /** Counts one more try of something, named in whatever words; only a hash of the name is kept. */
  async count(what: string, { most, seconds, blockSeconds = seconds }: Limit): Promise<Count> {
    const key = keyedHash(this.secretsKey, 'limit', what);
    const [row] = await this.dataSource.query<{ hits: number; left: string; wait: string; fresh: boolean }[]>(
      `INSERT INTO rate_limit AS known (key, hits, window_ends_at) VALUES ($1, 1, now() + make_interval(secs => $2))
       ON CONFLICT (key) DO UPDATE SET (hits, window_ends_at, blocked_until) = (SELECT * FROM (
         SELECT 1, now() + make_interval(secs => $2), NULL::timestamptz WHERE known.window_ends_at <= now()
         UNION ALL SELECT known.hits, known.window_ends_at, known.blocked_until
           WHERE known.window_ends_at > now() AND known.blocked_until IS NOT NULL
         UNION ALL SELECT known.hits + 1, known.window_ends_at, NULL
           WHERE known.window_ends_at > now() AND known.blocked_until IS NULL AND known.hits < $3
         UNION ALL SELECT known.hits + 1, now() + make_interval(secs => $4), now() + make_interval(secs => $4)
           WHERE known.window_ends_at > now() AND known.blocked_until IS NULL AND known.hits >= $3) next)
       RETURNING hits, xmax = 0 AS fresh, extract(epoch FROM window_ends_at - now()) AS left,
         coalesce(extract(epoch FROM blocked_until - now()), 0) AS wait`,
      [key, seconds, most, blockSeconds],
    );
    if (!row) throw new Error('an upsert returns its row');
    if (row.fresh) await this.sweep();
    return { hits: row.hits, left: wholeSeconds(row.left), wait: wholeSeconds(row.wait) };
  }

  /** One more try, or none: @throws TooManyTries */
  async allow(what: string, limit: Limit): Promise<void> {
    const { wait } = await this.count(what, limit);
    if (wait) throw new TooManyTries(wait);
  }

  /** What is over is of no use; a few at a time, and never those that somebody else has in hand. */
  private async sweep(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM rate_limit WHERE key = ANY (ARRAY(
         SELECT key FROM rate_limit WHERE window_ends_at <= now() ORDER BY window_ends_at LIMIT 100
         FOR UPDATE SKIP LOCKED))`,
    );
  }
}

/** Up to the next second; the database rounds instants to a thousandth of one. */
const wholeSeconds = (seconds: string): number => Math.max(0, Math.ceil(Number(seconds) - 0.001));
