import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import { EVERY_KIND, programWords } from '#libs/mail/words.js';
import type { MailWords } from '#libs/mail/words.js';
import { formsOf, MOST, problemsOf, TEMPLATE_FAULTS, tidied } from './validate.js';
import { valuesOf } from './values.js';

const GOOD: MailWords = { subject: 'late: {clock}', lines: ['This step is late: {clock}.'], link: 'Open the case' };
const faults = (changes: Partial<MailWords>, kind: (typeof EVERY_KIND)[number] = 'breach', language = 'en') =>
  problemsOf(kind, language, { ...GOOD, ...changes }).map(({ field, text }) => [field, text]);

describe('the words of a mail', () => {
  it.each(INTERFACE_LANGUAGES.map(({ code }) => code))('that the program comes with pass in %s', (language) => {
    for (const kind of EVERY_KIND)
      expect({ kind, problems: problemsOf(kind, language, programWords(kind, language)) }).toEqual({
        kind,
        problems: [],
      });
  });

  it.each<[string, string, keyof typeof TEMPLATE_FAULTS]>([
    ['nothing', '  ', 'empty'],
    ['a tag', 'Please <b>read</b>', 'html'],
    ['a tag without an end', 'Please <img src=x', 'html'],
    ['a line break', 'late\nBcc: thief', 'breaks'],
    ['a carriage return', 'late\rBcc: thief', 'breaks'],
    ['a line separator', 'late\u2028now', 'breaks'],
    ['a NUL', 'late\u0000', 'unseen'],
    ['an override of the direction', 'late \u202Etxt', 'unseen'],
    ['a mark of direction', 'late\u200F', 'unseen'],
    ['an isolate', '\u2067late\u2069', 'unseen'],
    ['a zero-width space', 'la\u200Bte', 'unseen'],
    ['a web address', 'See https://example.test/x', 'links'],
    ['a web address without its protocol', 'See www.example', 'links'],
    ['a name that mail programs make a link of', 'See example.test', 'links'],
    ['the same in Cyrillic', 'См. пример.рф', 'links'],
    ['a mail address', 'Write to a@example', 'links'],
    ['a brace that does not end', 'late: {clock', 'braces'],
    ['a brace that does not begin', 'late: clock}', 'braces'],
    ['a value that there is not', 'late: {needDescription}', 'unknown'],
    ['the address of a file', 'late: {path}', 'unknown'],
    ['a format', 'late: {clock, date, short}', 'format'],
    ['a number format', 'late: {clock, number}', 'format'],
    ['a choice', 'late: {clock, select, a {x} other {y}}', 'format'],
    ['a plural of what is no number', '{clock, plural, one {a} other {b}}', 'noNumber'],
    ['a plural of what there is not', '{m, plural, one {a} other {b}}', 'unknown'],
    ['an unknown value within a plural', '{clock} {m, plural, one {{x}} other {b}}', 'unknown'],
    ['too much', 'x'.repeat(MOST.subject + 1), 'long'],
  ])('are refused with %s, and say what is wrong', (_name, subject, fault) => {
    expect(faults({ subject })).toEqual([['subject', TEMPLATE_FAULTS[fault]]]);
    expect(faults({ link: subject })).toEqual([['link', TEMPLATE_FAULTS[fault]]]);
    expect(faults({ lines: [subject.padEnd(fault === 'long' ? MOST.line + 1 : 0, 'x')] })).toEqual([
      ['lines', TEMPLATE_FAULTS[fault]],
    ]);
  });

  it('may use apostrophes anywhere; they hide nothing', () => {
    expect(faults({ subject: "l'étape d'{clock}" })).toEqual([]);
    expect(faults({ subject: "'{needDescription}'" })).toEqual([['subject', TEMPLATE_FAULTS.unknown]]);
  });

  it('say which values there are', () => {
    const [problem] = problemsOf('escalation', 'en', { ...GOOD, subject: '{x}' });
    expect(problem?.values).toEqual({ name: 'x', allowed: '{stage}, {level}, {clock}' });
    expect([...valuesOf('password_changed')]).toEqual([]);
    expect(faults({ subject: '{clock}' }, 'password_changed')[0]).toEqual(['subject', TEMPLATE_FAULTS.none]);
  });

  it('have at least one line, and not too many', () => {
    expect(faults({ lines: [] })).toEqual([['lines', TEMPLATE_FAULTS.empty]]);
    expect(faults({ lines: Array<string>(MOST.lines + 1).fill('x') })).toEqual([['lines', TEMPLATE_FAULTS.lines]]);
  });

  it('lose spaces at their ends and empty lines', () => {
    expect(tidied({ subject: ' a  b ', lines: [' x ', '', ' '], link: 'y ' })).toEqual({
      subject: 'a b',
      lines: ['x'],
      link: 'y',
    });
  });

  it.each([
    ['ar', ['few', 'many', 'one', 'other', 'two', 'zero']],
    ['ru', ['few', 'many', 'one', 'other']],
    ['fr', ['one', 'other']],
    ['es', ['one', 'other']],
    ['pt', ['one', 'other']],
    ['en', ['one', 'other']],
    ['zh', ['other']],
  ])('need in %s the plural forms %j', (language, forms) => {
    expect(formsOf(language).sort()).toEqual(forms);
  });

  it.each(['ar', 'ru', 'fr'])('need every one of them in a plural: %s', (language) => {
    const plural = (forms: string[]) => `{n, plural, ${forms.map((form) => `${form} {x}`).join(' ')}}`;
    const values = new Map([['n', 'number' as const]]);
    const forms = formsOf(language);
    const problems = (given: string[]) => problemsOf('breach', language, { ...GOOD, subject: plural(given) }, values);
    expect(problems(forms).filter(({ field }) => field === 'subject')).toEqual([]);
    for (const form of forms.filter((one) => one !== 'other')) {
      const [problem] = problems(forms.filter((one) => one !== form));
      expect(problem).toMatchObject({ text: TEMPLATE_FAULTS.forms, values: { name: 'n', forms: form } });
    }
    expect(problems(forms.filter((form) => form !== 'other'))[0]?.text).toBe(TEMPLATE_FAULTS.braces);
  });
});
