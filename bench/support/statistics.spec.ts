import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** The benchmarks are plain ESM that is never compiled: they are tried in a Node of their own. */
async function evaluate(expression: string): Promise<unknown> {
  const module = JSON.stringify(resolve('bench/support/statistics.js'));
  const code = `const m = await import(${module}); console.log(JSON.stringify(${expression}))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  return JSON.parse(stdout) as unknown;
}

describe('the statistics of the benchmarks', () => {
  it('take the middle value, or the mean of the two middle ones, in whatever order they come', async () => {
    expect(await evaluate('[m.median([9, 1, 5]), m.median([10, 1, 2, 4])]')).toEqual([5, 3]);
  });

  it('give as p50 and p99 values that were measured, by nearest rank', async () => {
    const hundred = 'Array.from({ length: 100 }, (_, i) => 100 - i)';
    expect(await evaluate(`m.tail(${hundred})`)).toEqual({ p50: 50, p99: 99, max: 100 });
    expect(await evaluate('m.percentile([1, 2, 3, 4], 0.99)')).toBe(4);
    expect(await evaluate('m.percentile([7], 0.5)')).toBe(7);
  });

  it('take the hundredth part of a thousand exactly, whatever the rounding of 0.99', async () => {
    expect(await evaluate('m.percentile(Array.from({ length: 1000 }, (_, i) => i + 1), 0.99)')).toBe(990);
  });

  it('sort by size and not by spelling', async () => {
    expect(await evaluate('m.percentile([10, 9, 100], 0.5)')).toBe(10);
  });

  it('have no figure where nothing was measured', async () => {
    expect(await evaluate('[m.median([]), m.percentile([], 0.99), m.tail([]).max].map(String)')).toEqual([
      'NaN',
      'NaN',
      'NaN',
    ]);
  });

  it('leave the values as they were', async () => {
    expect(await evaluate('((v) => (m.median(v), m.tail(v), v))([3, 1, 2])')).toEqual([3, 1, 2]);
  });

  it('compare two arms round by round', async () => {
    expect(await evaluate('m.spread(m.ratios([10, 20, 90], [10, 10, 30]))')).toEqual({ median: 2, min: 1, max: 3 });
  });
});
