import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { createTestDatabase } from '../../test/support/database.js';
import { RateLimits, TooManyTries } from './rate-limits.js';

const KEY = Buffer.alloc(32).toString('base64');
const LIMIT = { most: 3, seconds: 60 };

describe('a limit', () => {
  let dataSource: DataSource;
  let processes: RateLimits[];
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    processes = [new RateLimits(dataSource, KEY), new RateLimits(dataSource, KEY)];
  }, 60_000);
  beforeEach(() => dataSource.query('DELETE FROM rate_limit'));
  afterAll(() => dataSource.destroy());

  const limits = () => processes[0] as RateLimits;
  const later = (seconds: number) =>
    dataSource.query(
      `UPDATE rate_limit SET window_ends_at = window_ends_at - make_interval(secs => $1),
         blocked_until = blocked_until - make_interval(secs => $1)`,
      [seconds],
    );
  const rows = async () => (await dataSource.query<unknown[]>('SELECT * FROM rate_limit')).length;

  it('allows so many and then says how long to wait, and each name has its own', async () => {
    for (let hit = 1; hit <= 3; hit += 1)
      expect(await limits().count('a', LIMIT)).toMatchObject({ hits: hit, wait: 0 });
    expect(await limits().count('a', { ...LIMIT, blockSeconds: 600 })).toMatchObject({ hits: 4, wait: 600 });
    expect(await limits().count('b', LIMIT)).toMatchObject({ hits: 1, wait: 0 });
    await expect(limits().allow('a', LIMIT)).rejects.toThrow(TooManyTries);
  });

  it('counts the tries of several processes at once together', async () => {
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (processes[n % 2] as RateLimits).count('a', { most: 10, seconds: 60 })),
    );
    expect(counts.filter(({ wait }) => !wait)).toHaveLength(10);
  });

  it('begins anew when its window is over, and a try while it is shut does not keep it shut', async () => {
    for (let hit = 0; hit < 5; hit += 1) await limits().count('a', { ...LIMIT, blockSeconds: 600 });
    await later(300);
    expect((await limits().count('a', LIMIT)).wait).toBeGreaterThan(0);
    await later(300);
    expect(await limits().count('a', LIMIT)).toMatchObject({ hits: 1, wait: 0 });
  });

  it('keeps nothing of what was counted but a hash, and that no longer than it needs', async () => {
    await limits().count('sign-in/192.0.2.7/ana@example.test', LIMIT);
    expect(JSON.stringify(await dataSource.query('SELECT * FROM rate_limit'))).not.toMatch(/192|ana/);
    await later(61);
    await limits().count('b', LIMIT);
    expect(await rows()).toBe(1);
  });
});
