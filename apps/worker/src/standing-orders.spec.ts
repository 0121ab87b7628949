import { untilDone } from './standing-orders.js';

describe('a standing order', () => {
  const settle = (done: () => boolean) =>
    new Promise<void>((end) => {
      const look = () => (done() ? end() : setTimeout(look, 1));
      look();
    });

  it('is tried again until it succeeds, and then no more; each failure is told', async () => {
    const told: unknown[] = [];
    let tries = 0;
    const order = () => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error(`away ${tries}`)) : Promise.resolve();
    };
    untilDone(order, (error) => told.push(String(error)), 1);
    await settle(() => tries === 3);
    expect(told).toEqual(['Error: away 1', 'Error: away 2']);
  });

  it('is not tried again after the worker has been told to stop', async () => {
    let tries = 0;
    let warned = false;
    const stop = untilDone(
      () => Promise.reject(new Error(`away ${(tries += 1)}`)),
      () => {
        warned = true;
        stop();
      },
      1,
    );
    await settle(() => warned);
    await new Promise((end) => setTimeout(end, 5));
    expect(tries).toBe(1);
  });
});
