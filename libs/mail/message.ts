import { IntlMessageFormat } from 'intl-messageformat';
import type { Translate } from '#libs/i18n/translator.js';
import { localeOf } from '#libs/i18n/translator.js';

/** A message of an edited template that cannot be filled in. */
export class TemplateBroken extends Error {
  override name = 'TemplateBroken';
}

/** A message as it is parsed: an apostrophe is an apostrophe, and cannot hide braces. @throws SyntaxError of ICU */
export const parsed = (message: string, language: string): IntlMessageFormat =>
  new IntlMessageFormat(message.replaceAll("'", "''"), localeOf(language), undefined, { ignoreTag: true });

const formats = new Map<string, IntlMessageFormat>();
const MOST_FORMATS = 2_000;

/** Fills the ICU messages of a language. @throws TemplateBroken */
export const filler =
  (language: string): Translate =>
  (message, values = {}) => {
    const key = `${language} ${message}`;
    try {
      const format = formats.get(key) ?? parsed(message, language);
      if (formats.size < MOST_FORMATS) formats.set(key, format);
      return String(format.format(values));
    } catch (error) {
      throw new TemplateBroken(error instanceof Error ? error.message : String(error));
    }
  };
