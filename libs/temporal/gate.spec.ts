import { Gate } from './gate.js';

describe('the gate before a case', () => {
  /** A call that ends when it is told to. */
  const call = () => {
    let end = (): void => undefined;
    let fail = (_: Error): void => undefined;
    const done = new Promise<void>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    return { done, end: () => end(), fail: () => fail(new Error('refused')) };
  };
  const turn = () => new Promise((next) => setImmediate(next));

  it('lets so many calls through at a time, the others in the order in which they came', async () => {
    const gate = new Gate(2);
    const calls = Array.from({ length: 5 }, call);
    const started: number[] = [];
    const all = calls.map(({ done }, number) =>
      gate.run('one case', () => {
        started.push(number);
        return done;
      }),
    );
    await turn();
    expect(started).toEqual([0, 1]);
    calls[1]?.end();
    await turn();
    expect(started).toEqual([0, 1, 2]);
    for (const one of calls) one.end();
    await Promise.all(all);
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('lets the next one through after a call that failed', async () => {
    const gate = new Gate(1);
    const first = call();
    const refused = gate.run('one case', () => first.done);
    const next = gate.run('one case', () => Promise.resolve('answered'));
    first.fail();
    await expect(refused).rejects.toThrow('refused');
    expect(await next).toBe('answered');
  });

  it('does not let one case wait for another', async () => {
    const gate = new Gate(1);
    const slow = call();
    const waiting = gate.run('one case', () => slow.done);
    expect(await gate.run('another case', () => Promise.resolve('answered'))).toBe('answered');
    slow.end();
    await waiting;
  });
});
