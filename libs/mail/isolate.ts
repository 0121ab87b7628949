import { direction } from '#libs/i18n/translator.js';

/**
 * What must not be reordered by the text around it: in a language that is written from the right, a code that begins
 * with a digit, a reference or a name in Latin letters would be. First-strong isolate (U+2068) to its end (U+2069).
 */
export const isolated = (text: string, language: string): string =>
  direction(language) === 'rtl' ? `\u2068${text}\u2069` : text;
