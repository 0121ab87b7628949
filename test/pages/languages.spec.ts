import { catalogue, INTERFACE_LANGUAGES, translator } from '#libs/i18n/translator.js';
import { remainingText } from '#libs/i18n/remaining.js';
import { pageWords } from '../support/page-words.js';

const OTHERS = INTERFACE_LANGUAGES.map(({ code }) => code).filter((code) => code !== 'en');
const valuesOf = (message: string): string[] =>
  [...message.matchAll(/\{(\w+)[},]/g)].map(([, name = '']) => name).sort();

describe('the languages of the pages', () => {
  it.each(OTHERS)('have a text for everything that a page says: %s', (language) => {
    const messages = catalogue(language);
    expect(pageWords().filter((words) => !messages[words])).toEqual([]);
  });

  it.each(OTHERS)('use the same values as the English text: %s', (language) => {
    const messages = catalogue(language);
    const differing = pageWords().filter(
      (words) => new Set(valuesOf(messages[words] ?? words)).size !== new Set(valuesOf(words)).size,
    );
    expect(differing).toEqual([]);
  });

  it.each([
    ['ar', ',', '،'],
    ['zh', ',', '、'],
    ['zh', ':', '：'],
    ['fr', ':', '\u00a0:'],
  ])('separate names in %s with its own sign for “%s”', (language, english, own) => {
    expect(translator(language)(english)).toBe(own);
  });

  it.each([
    [1, 'يوم عمل واحد'],
    [2, 'يوما عمل'],
    [3, '3 أيام عمل'],
    [11, '11 يوم عمل'],
  ])('count %i working days as Arabic does', (n, expected) => {
    expect(translator('ar')('{n} working days', { n })).toBe(expected);
  });

  it('count one working day in English, and say since when a clock is late that has just run out', () => {
    const clock = { state: 'running', near: true, stoppedAt: null, dueAt: '2026-11-24T16:00:00Z' } as const;
    const _ = translator('en');
    expect(remainingText({ ...clock, openSecondsLeft: 8 * 3600 }, _)).toBe('Soon: 1\u00a0working day left');
    expect(remainingText({ ...clock, openSecondsLeft: 0 }, _)).toBe('Late since 17:00');
  });
});
