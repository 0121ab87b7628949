import { until } from '../../test/support/until.js';
import { Coalesced } from './coalesced.js';

describe('work that is done for all who wait at once', () => {
  it('is done together for those who come in one turn, and for those who come while a round is under way', async () => {
    const rounds: number[][] = [];
    let end: () => void = () => undefined;
    const over = new Promise<void>((done) => (end = done));
    const work = new Coalesced<number, string>(async (items) => {
      rounds.push(items);
      await over;
      return items.map((item) => `done ${item}`);
    });
    const first = [work.ask(1), work.ask(2)];
    await until('the first round is under way', () => rounds.length === 1);
    const second = [work.ask(3), work.ask(4)];
    end();
    expect(await Promise.all([...first, ...second])).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
    expect(await work.ask(5)).toBe('done 5');
    expect(rounds).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('tells everybody of a round that it failed, and goes on with the next', async () => {
    const work = new Coalesced<number, number>((items) =>
      items.includes(2) ? Promise.reject(new Error('away')) : Promise.resolve(items),
    );
    const answers = await Promise.allSettled([1, 2, 3].map((item) => work.ask(item)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await work.ask(4)).toBe(4);
  });
});
