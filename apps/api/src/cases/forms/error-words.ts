import type { Translate } from '#libs/i18n/translator.js';
import type { Field } from './field.js';

type Said = [english: string, values?: Record<string, string | number>];

/** What the API says of a field, and what a person is told instead: what to do, with the number. */
const WORDS: readonly [RegExp, (found: RegExpExecArray) => Said][] = [
  [
    /^must be (\d+) to (\d+) characters long; it has (\d+)/,
    ([, least = '', most = '', has = '']) => [
      '{label}: write {least} to {most} characters; you have {has}',
      { least, most, has },
    ],
  ],
  [/no more than (\d+) elements/, ([, most = '']) => ['{label}: choose at most {most}', { most }]],
  [
    /shorter than or equal to (\d+)|must be longer than or equal to 3 and shorter/,
    ([, most = '40']) => ['{label}: at most {most} characters', { most }],
  ],
  [/must be a date such as/, () => ['{label}: give day, month and year as numbers']],
  [/must be a date that exists/, () => ['{label}: this date does not exist']],
  [/must not be before from/, () => ['{label}: must not be before the first date']],
  [/must not be before/, () => ['{label}: must not be before the earliest date']],
  [/lies in the past/, () => ['{label}: a date lies in the past; choose a later one']],
  [/within the next (\d+) days/, ([, most = '']) => ['{label}: choose a day within the next {most} days', { most }]],
  [/no other open case of this State/, () => ['{label}: no other open case of this State has this reference']],
  [/must not lie in the future/, () => ['{label}: must not lie in the future']],
  [/another e-mail address/, () => ['{label}: must differ from the focal point’s']],
  [/must be an e-mail address/, () => ['{label}: write an address such as name@example.org']],
  [/must be an https address/, () => ['{label}: write an address that begins with https://']],
  [/number such as/, () => ['{label}: write a number such as 1000.00']],
  [/ISO 4217/, () => ['{label}: write three letters such as CHF']],
  [
    /names no organisation or State known here: (.*)\. Give/,
    ([, party = '']) => ['{label}: {party} is not known here; write its code or its name', { party }],
  ],
  [/required of a signatory/, () => ['{label}: your State is a signatory, so choose an answer']],
];

const UNANSWERED =
  /must be one of|should not be empty|must be longer|must be an array|must be an object|must be a string|at least|each value|must be true|nested property/;

/** Whether there are words of its own for what was said. */
export const hasRemedy = (message: string): boolean => WORDS.some(([pattern]) => pattern.test(message));

/** An error of a field in words for people, in the page's language. */
export function errorWords(field: Pick<Field, 'label' | 'kind'>, message: string, _: Translate): string {
  const { label, kind } = field;
  const values = { label: _(label) };
  if (kind === 'lines' && 'of' in field)
    return _('Answer each question, in at most 4,000 characters; if you do not know, say so');
  for (const [pattern, say] of WORDS) {
    const found = pattern.exec(message);
    if (!found) continue;
    const [english, more] = say(found);
    return _(english, { ...values, ...more });
  }
  if (kind === 'audience')
    return _('{label}: tick at least one responder, or choose every responder that matches', values);
  if (!UNANSWERED.test(message)) return _('{label}: this answer is not possible', values);
  const choose = kind === 'one' || kind === 'several';
  return choose ? _('Choose an answer: {label}', values) : _('Enter an answer: {label}', values);
}
