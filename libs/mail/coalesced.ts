import { setImmediate as turn } from 'node:timers/promises';

interface Asked<T, R> {
  item: T;
  done: (result: R) => void;
  fail: (error: unknown) => void;
}

/**
 * Work that is asked for one by one and done for all who wait at once, one round at a time: as long as one round is
 * under way, the next gathers. Who comes alone waits for no more than the others of the same turn of the event loop:
 * answers of a server come in bunches, and each round costs the database about the same.
 */
export class Coalesced<T, R> {
  private waiting: Asked<T, R>[] = [];
  private busy = false;

  /** @param work answers in the order of the items; what it throws goes to all who asked in that round */
  constructor(private readonly work: (items: T[]) => Promise<readonly R[]>) {}

  ask(item: T): Promise<R> {
    return new Promise((done, fail) => {
      this.waiting.push({ item, done, fail });
      if (!this.busy) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.waiting.length) {
      await turn();
      const round = this.waiting;
      this.waiting = [];
      try {
        const results = await this.work(round.map(({ item }) => item));
        round.forEach(({ done }, index) => done(results[index] as R));
      } catch (error) {
        for (const { fail } of round) fail(error);
      }
    }
    this.busy = false;
  }
}
