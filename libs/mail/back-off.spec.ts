import { MOST_ATTEMPTS, pauseSeconds } from './back-off.js';

const [LEAST, MOST] = [() => 0, () => 0.999_999];
const attempts = Array.from({ length: MOST_ATTEMPTS }, (_, index) => index + 1);

describe('the pause before a mail is tried again', () => {
  it('begins with seconds, doubles, and never passes five hours', () => {
    expect([1, 2, 3, 4].map((made) => pauseSeconds(made, () => 0.5))).toEqual([5, 10, 20, 40]);
    expect(Math.max(...attempts.map((made) => pauseSeconds(made, MOST)))).toBeLessThan(5 * 3_600);
  });

  it('is longer after every attempt, whatever chance says, until it is at its longest', () => {
    for (const made of attempts.slice(0, 11))
      expect(pauseSeconds(made + 1, LEAST)).toBeGreaterThan(pauseSeconds(made, MOST));
  });

  it('spreads what failed together: from three to five quarters of its measure', () => {
    for (const made of attempts) {
      const measure = pauseSeconds(made, () => 0.5);
      expect(pauseSeconds(made, LEAST)).toBeCloseTo(measure * 0.75);
      expect(pauseSeconds(made, MOST)).toBeCloseTo(measure * 1.25, 0);
    }
    const drawn = Array.from({ length: 1_000 }, () => pauseSeconds(8));
    expect(new Set(drawn.map((pause) => Math.round(pause))).size).toBeGreaterThan(100);
  });

  it('gives a server that takes nothing four days at least', () => {
    const least = attempts.slice(1).reduce((sum, made) => sum + pauseSeconds(made, LEAST), 0);
    const usual = attempts.slice(1).reduce((sum, made) => sum + pauseSeconds(made, () => 0.5), 0);
    expect([least, usual].map((seconds) => Math.floor(seconds / 86_400))).toEqual([3, 4]);
  });
});
