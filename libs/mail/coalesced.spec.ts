import { Coalesced } from './coalesced.js';

describe('work that is done for all who wait at once', () => {
  it('begins at once for the first, and gathers those who come meanwhile', async () => {
    const rounds: number[][] = [];
    const work = new Coalesced<number, string>(async (items) => {
      rounds.push(items);
      await Promise.resolve();
      return items.map((item) => `done ${item}`);
    });
    expect(await Promise.all([1, 2, 3].map((item) => work.ask(item)))).toEqual(['done 1', 'done 2', 'done 3']);
    expect(await work.ask(4)).toBe('done 4');
    expect(rounds).toEqual([[1], [2, 3], [4]]);
  });

  it('tells everybody of a round that it failed, and goes on with the next', async () => {
    const work = new Coalesced<number, number>((items) =>
      items.includes(2) ? Promise.reject(new Error('away')) : Promise.resolve(items),
    );
    const answers = await Promise.allSettled([1, 2, 3].map((item) => work.ask(item)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await work.ask(4)).toBe(4);
  });
});
