import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemOf } from '../../apps/api/src/problems/problem.js';

const REFUSALS = 'libs/domain/case/refusal.ts';
const API = 'apps/api/src';

describe('the list of problems', () => {
  const documented = [...readFileSync('docs/problems.md', 'utf8').matchAll(/^\| `\/problems\/([a-z-]+)`/gm)].map(
    ([, code]) => code,
  );

  it('documents every code that the API writes', () => {
    const sources = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const written = sources.flatMap((file) =>
      [...readFileSync(join(API, file), 'utf8').matchAll(/'\/problems\/([a-z-]+)'/g)].map(([, code]) => code),
    );
    expect(written.length).toBeGreaterThan(5);
    expect(documented).toEqual(expect.arrayContaining(written));
  });

  it('documents every reason for which the rules refuse', () => {
    const [union = ''] = /RefusalCode =([^;]+);/.exec(readFileSync(REFUSALS, 'utf8')) ?? [];
    const codes = [...union.matchAll(/'([a-z_]+)'/g)].map(([, code = '']) => code.replaceAll('_', '-'));
    expect(codes).toContain('not-permitted');
    expect(documented).toEqual(expect.arrayContaining(codes));
  });

  it('documents no code twice', () => {
    expect(new Set(documented).size).toBe(documented.length);
  });
});

describe('a fault of ours', () => {
  it('tells nothing of what it does not know', () => {
    const secret = new Error('password of postgres://action48:secret@db in /app/dist/main.js');
    for (const fault of [secret, Object.assign(secret, { query: 'SELECT secret' }), 'secret', null, undefined])
      expect(JSON.stringify(problemOf(fault))).not.toMatch(/secret|postgres:|\/app|SELECT/);
    expect(problemOf(secret)).toMatchObject({ status: 500, type: '/problems/internal' });
  });
});

describe('a database that is away', () => {
  const away = (code: string) => Object.assign(new Error('no'), { code });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', '57P01', '57P02', '57P03', '08006', '53300'])(
    'is worth another try (%s), also as the cause of a failed statement',
    (code) => {
      expect(problemOf(away(code))).toMatchObject({ status: 503, type: '/problems/database-unavailable' });
      expect(problemOf(Object.assign(new Error('query failed'), { driverError: away(code) })).status).toBe(503);
      expect(problemOf(new AggregateError([away(code)])).status).toBe(503);
    },
  );

  it.each(['22P02', '23505', '42P01'])('is not taken for a statement that failed by itself (%s)', (code) => {
    expect(problemOf(away(code))).toMatchObject({ status: 500, type: '/problems/internal' });
  });
});
