import { IntlMessageFormat } from 'intl-messageformat';
import ar from './catalogues/ar.json' with { type: 'json' };
import es from './catalogues/es.json' with { type: 'json' };
import fr from './catalogues/fr.json' with { type: 'json' };
import pt from './catalogues/pt.json' with { type: 'json' };
import ru from './catalogues/ru.json' with { type: 'json' };
import zh from './catalogues/zh.json' with { type: 'json' };

/** Interface languages in the order of UN pages, each in its own name. */
export const INTERFACE_LANGUAGES = [
  { code: 'ar', name: 'عربي' },
  { code: 'zh', name: '中文' },
  { code: 'en', name: 'English' },
  { code: 'fr', name: 'Français' },
  { code: 'ru', name: 'Русский' },
  { code: 'es', name: 'Español' },
  { code: 'pt', name: 'Português' },
] as const;

export type Translate = (english: string, values?: Record<string, string | number>) => string;

/** A catalogue says of itself whether a person has reviewed it. */
interface Catalogue {
  status: string;
  messages: Record<string, string>;
}
const CATALOGUES: Record<string, Catalogue> = { ar, es, fr, pt, ru, zh };

/** English plurals; every other message is its own English text. */
const ENGLISH: Record<string, string> = {
  '{n} working days': '{n, plural, one {# working day} other {# working days}}',
  '{n} bytes': '{n, plural, one {# byte} other {# bytes}}',
  '{n} messages wait for the owner to say what they mean.':
    '{n, plural, one {# message waits for the owner to say what it means.} other {# messages wait for the owner to say what they mean.}}',
  '{n} days': '{n, plural, one {# day} other {# days}}',
  'If somebody signs in here with this address, a code is on its way to it. It holds for {n} minutes, in this browser alone.':
    'If somebody signs in here with this address, a code is on its way to it. It holds for {n, plural, one {# minute} other {# minutes}}, in this browser alone.',
  'Wait {n} minutes and try again.': 'Wait {n, plural, one {a minute} other {# minutes}} and try again.',
  'This code is not right. Look at it again in the mail: {n} more tries are left.':
    'This code is not right. Look at it again in the mail: {n, plural, one {# more try is} other {# more tries are}} left.',
  '{n} mails about accounts did not arrive in the last 30 days.':
    '{n, plural, one {# mail about an account did not arrive in the last 30 days.} other {# mails about accounts did not arrive in the last 30 days.}}',
  'CSV of these {n} cases': 'CSV of {n, plural, one {this case} other {these # cases}}',
  '{n} open cases': '{n, plural, one {# open case} other {# open cases}}',
  'After {n} reminders without an answer, somebody else is written to.':
    'After {n, plural, one {# reminder} other {# reminders}} without an answer, somebody else is written to.',
  '{n} mails that wait go at another time now.':
    '{n, plural, one {# mail that waits goes} other {# mails that wait go}} at another time now.',
  '{n} steps fell due in the last 24 hours.':
    '{n, plural, one {# step fell due in the last 24 hours.} other {# steps fell due in the last 24 hours.}}',
  '{n} cases have a step that is due and not recorded.':
    '{n, plural, one {# case has a step that is due and not recorded.} other {# cases have a step that is due and not recorded.}}',
  '{n} open cases look at their clocks again.':
    '{n, plural, one {# open case looks at its clocks} other {# open cases look at their clocks}} again.',
  '{n} days are added to the draft.': '{n, plural, one {# day is} other {# days are}} added to the draft.',
  'Left out: {n} events with a time of day.':
    'Left out: {n, plural, one {# event} other {# events}} with a time of day.',
  '{n} things to know about your cases':
    '{n, plural, one {# thing to know about your cases} other {# things to know about your cases}}',
  'And {n} things more: open your cases to see them.':
    'And {n, plural, one {# thing} other {# things}} more: open your cases to see them.',
  'Digest with {n} items': '{n, plural, one {Digest with # item} other {Digest with # items}}',
  'Digest with {n} items of this case':
    '{n, plural, one {Digest with # item of this case} other {Digest with # items of this case}}',
  'If nobody acts, within {n} days': 'If nobody acts, within {n, plural, one {# day} other {# days}}',
  '{n} mails wait for the working hours or the digest of their readers. The first goes:':
    '{n, plural, one {# mail waits for the working hours or the digest of its reader. It goes:} other {# mails wait for the working hours or the digest of their readers. The first goes:}}',
  'Left out: {n} days outside the years you asked for.':
    'Left out: {n, plural, one {# day} other {# days}} outside the years you asked for.',
};

/** Digits stay Latin in every language, so that references, dates and times look the same everywhere. */
const LOCALES: Record<string, string> = { ar: 'ar-u-nu-latn' };

/**
 * Translates by the English text itself, so that what has no translation yet is readable all the same. `{name}` are
 * values; a message with a plural is an ICU message.
 */
export function translator(language: string): Translate {
  const messages = CATALOGUES[language]?.messages ?? ENGLISH;
  const locale = LOCALES[language] ?? language;
  return (english, values = {}) => {
    const known = messages[english] ?? ENGLISH[english];
    // What we do not know, such as a title that somebody typed, is never taken for a message of ours.
    if (known?.includes(', plural,')) return plural(known, messages[english] ? locale : 'en', values);
    return (known ?? english).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

/** The message behind an English text, its values not yet filled in. */
export const messageOf = (language: string, english: string): string =>
  CATALOGUES[language]?.messages[english] ?? ENGLISH[english] ?? english;

/** The locale that numbers and plurals of a language go by. */
export const localeOf = (language: string): string => LOCALES[language] ?? language;

const formats = new Map<string, IntlMessageFormat>();

function plural(message: string, locale: string, values: Record<string, string | number>): string {
  const key = `${locale} ${message}`;
  const format = formats.get(key) ?? new IntlMessageFormat(message, locale);
  formats.set(key, format);
  return String(format.format(values));
}

/** The messages of a catalogue, by their English text. */
export const catalogue = (language: string): Record<string, string> => CATALOGUES[language]?.messages ?? {};

export const direction = (language: string): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

/** A language that the interface has; anything else is English. */
export const interfaceLanguage = (wanted: string | undefined): string =>
  INTERFACE_LANGUAGES.find(({ code }) => code === wanted?.toLowerCase().slice(0, 2))?.code ?? 'en';
