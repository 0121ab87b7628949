import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** The benchmarks are plain ESM that is never compiled: they are tried in a Node of their own. */
async function evaluate(expression: string): Promise<unknown> {
  const module = JSON.stringify(resolve('bench/support/renewed.js'));
  const code = `const { renewed } = await import(${module}); console.log(JSON.stringify(${expression}))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  return JSON.parse(stdout) as unknown;
}

describe('a section that is measured again without the others', () => {
  const earlier = `{ at: 'then', machine: 'old', results: { one: { n: 1 }, two: { n: 2 } } }`;

  it('takes its place among them with its own day and machine, and leaves theirs as they were', async () => {
    const now = `{ at: 'now', seconds: 9, machine: 'new', load: 3, results: { two: { n: 22 } } }`;
    expect(await evaluate(`renewed(${earlier}, ${now}, ['one', 'two'])`)).toEqual({
      at: 'then',
      machine: 'old',
      results: { one: { n: 1 }, two: { n: 22, alone: { at: 'now', seconds: 9, machine: 'new', load: 3 } } },
    });
  });

  it('stands in the order of the document when it is new there', async () => {
    const now = `{ at: 'now', results: { nought: { n: 0 } } }`;
    const kept = (await evaluate(
      `Object.keys(renewed(${earlier}, ${now}, ['nought', 'one', 'two']).results)`,
    )) as string[];
    expect(kept).toEqual(['nought', 'one', 'two']);
  });

  it('is the whole report when every section was measured, or none before', async () => {
    const now = `{ at: 'now', results: { one: { n: 3 }, two: { n: 4 } } }`;
    const whole = { at: 'now', results: { one: { n: 3 }, two: { n: 4 } } };
    expect(await evaluate(`renewed(${earlier}, ${now}, ['one', 'two'])`)).toEqual(whole);
    expect(await evaluate(`renewed(null, ${now}, ['one', 'two', 'three'])`)).toEqual(whole);
  });
});
