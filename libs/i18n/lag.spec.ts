import { lagText } from './lag.js';
import { translator } from './translator.js';

describe('how much later something was seen', () => {
  it.each([
    [0, '0\u00a0ms'],
    [0.2404, '240\u00a0ms'],
    [0.9999, '1\u00a0s'],
    [12.4, '12\u00a0s'],
    [119.4, '119\u00a0s'],
    [119.6, '2\u00a0min'],
    [7_380, '2\u00a0h 3\u00a0min'],
    [172_700, '47\u00a0h 58\u00a0min'],
    [172_800, '2\u00a0days'],
  ])('%d seconds is said as “%s”', (seconds, words) => {
    expect(lagText(seconds, translator('en'))).toBe(words);
  });
});
