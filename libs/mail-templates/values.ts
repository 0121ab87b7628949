import type { AccountMailKind, MailKind } from '#libs/contracts/mail.js';
import { isOfAccount, programWords } from '#libs/mail/words.js';
import { parsed } from '#libs/mail/message.js';

export type ValueKind = 'text' | 'number';

/** `MessageFormatElement` of ICU, as far as it concerns us: 0 words, 1 a value, 6 a plural, 7 its `#`. */
export const ICU = { words: 0, value: 1, plural: 6, number: 7 } as const;

/** One element of a parsed message. */
export interface IcuElement {
  type: number;
  /** The words, or the name of the value. */
  value?: string;
  offset?: number;
  options?: Record<string, { value: IcuElement[] }>;
  pluralType?: Intl.PluralRulesOptions['type'];
}

export const elementsOf = (message: string, language: string): IcuElement[] => parsed(message, language).getAst();

/**
 * What a mail of this kind can name in braces: what the words that the program comes with name, and, in the mails of a
 * case, its stage. A number is what those words count with a plural.
 */
export function valuesOf(kind: MailKind | AccountMailKind): ReadonlyMap<string, ValueKind> {
  const values = new Map<string, ValueKind>(isOfAccount(kind) ? [] : [['stage', 'text']]);
  const { subject, lines, link } = programWords(kind, 'en');
  for (const message of [subject, ...lines, link])
    for (const { type, value = '' } of everyElement(elementsOf(message, 'en')))
      if (type === ICU.plural || /^(n|count)$/.test(value)) values.set(value, 'number');
      else if (type === ICU.value && !values.has(value)) values.set(value, 'text');
  return values;
}

/** The elements of a message and of the forms of its plurals. */
export const everyElement = (elements: readonly IcuElement[]): IcuElement[] =>
  elements.flatMap((element) => [
    element,
    ...everyElement(Object.values(element.options ?? {}).flatMap(({ value }) => value)),
  ]);
