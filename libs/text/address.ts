import { domainToASCII } from 'node:url';

/** Scripts that letters of one name may mix: Japanese, Korean and Chinese are each written in several. */
const USUAL_MIXES = [
  ['Han', 'Hiragana', 'Katakana', 'Latin'],
  ['Han', 'Hangul', 'Latin'],
  ['Han', 'Bopomofo', 'Latin'],
];
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Georgian',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Cherokee',
  'Ethiopic',
];
const TESTS = SCRIPTS.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);

/** Letters of other scripts that alone can spell a Latin word: а, с, е, о, р, х, у and their like. */
const LATIN_LOOKALIKES = /^[абвгдеѕіјӏһԁԛԝорсухαινορτυχκ0-9.-]+$/u;

/** The scripts of a text that are known here, in no order. */
export const scriptsOf = (text: string): string[] =>
  TESTS.flatMap(([script, test]) => (test.test(text) ? [script] : []));

const isMixed = (label: string): boolean => {
  const scripts = scriptsOf(label);
  return scripts.length > 1 && !USUAL_MIXES.some((mix) => scripts.every((script) => mix.includes(script)));
};

const isDeceptive = (label: string): boolean =>
  isMixed(label) || (/\P{ASCII}/u.test(label) && (LATIN_LOOKALIKES.test(label) || !scriptsOf(label).length));

/** An e-mail address as it is shown: a domain whose letters could be taken for others is written in its ASCII form (`xn--…`). */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 0 || !domain.normalize('NFC').toLowerCase().split('.').some(isDeceptive)) return address;
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`;
}
