import type { AccountMailKind, MailKind } from '#libs/contracts/mail.js';
import { localeOf } from '#libs/i18n/translator.js';
import type { MailWords } from '#libs/mail/words.js';
import { composed, line } from '#libs/text/characters.js';
import { elementsOf, everyElement, ICU, valuesOf } from './values.js';
import type { IcuElement, ValueKind } from './values.js';

/** How much a mail may say. */
export const MOST = { subject: 120, lines: 8, line: 500, link: 80 } as const;

export type TemplateField = keyof MailWords;

/** What is wrong with a field, in words that are translated and filled in. */
export interface TemplateProblem {
  field: TemplateField;
  text: string;
  values: Record<string, string | number>;
}

/** What is wrong with words, and what would be right. */
export const TEMPLATE_FAULTS = {
  empty: 'Write what the mail says here.',
  long: 'Use {most} characters or fewer in each line.',
  lines: 'Use {most} lines or fewer.',
  breaks: 'Write this in one line.',
  html: 'HTML is not possible in a mail: leave out < and >.',
  links:
    'Leave out web and mail addresses: the mail has one link, which the system makes. Set a space after a full stop.',
  unseen: 'Leave out characters that cannot be seen or that turn the direction of writing.',
  braces: 'What stands in braces cannot be read. Braces hold the name of a value, or its plural.',
  unknown: 'A mail of this kind has no value “{name}”. What it can name in braces: {allowed}.',
  none: 'A mail of this kind has no values: leave out what stands in braces.',
  format: 'Only the name of a value or a plural can stand in braces.',
  noNumber: 'The value “{name}” is no number and has no plural.',
  forms: 'The plural of “{name}” lacks forms that this language has: {forms}.',
} as const;

/** An address, or what mail programs would make one of: `https://…`, `www.…`, `a@b`, `name.example`. */
const ADDRESS = /:\/\/|\bwww\.|\S@\S|mailto:|[\p{L}\p{N}-]\.\p{L}{2,}/iu;

/** What is wrong with the words of a mail; empty: nothing. */
export function problemsOf(
  kind: MailKind | AccountMailKind,
  language: string,
  words: MailWords,
  values = valuesOf(kind),
): TemplateProblem[] {
  const check = (field: TemplateField, message: string, most: number): TemplateProblem[] =>
    faultsOf(message, language, values, most).map((fault) => ({ field, ...fault }));
  return [
    ...check('subject', words.subject, MOST.subject),
    ...(words.lines.length > MOST.lines ? [{ field: 'lines' as const, ...fault('lines', { most: MOST.lines }) }] : []),
    ...(words.lines.length ? words.lines : ['']).flatMap((one) => check('lines', one, MOST.line)),
    ...check('link', words.link, MOST.link),
  ];
}

type Fault = Omit<TemplateProblem, 'field'>;
const fault = (name: keyof typeof TEMPLATE_FAULTS, values: Fault['values'] = {}): Fault => ({
  text: TEMPLATE_FAULTS[name],
  values,
});

/** The first thing that is wrong with one message: the rest may follow from it. */
function faultsOf(message: string, language: string, values: ReadonlyMap<string, ValueKind>, most: number): Fault[] {
  if (!message.trim()) return [fault('empty')];
  if (message.length > most) return [fault('long', { most })];
  if (/[\r\n\u0085\u2028\u2029]/.test(message)) return [fault('breaks')];
  if (/[<>]/.test(message)) return [fault('html')];
  if (line(message) !== composed(message)) return [fault('unseen')];
  let elements: IcuElement[];
  try {
    elements = elementsOf(message, language);
  } catch {
    return [fault('braces')];
  }
  const found = everyElement(elements);
  if (found.some(({ type, value = '' }) => type === ICU.words && value.includes('}'))) return [fault('braces')];
  if (found.some(({ type, value = '' }) => type === ICU.words && ADDRESS.test(value))) return [fault('links')];
  return found.flatMap((element) => faultOfElement(element, language, values) ?? []).slice(0, 1);
}

function faultOfElement(element: IcuElement, language: string, values: ReadonlyMap<string, ValueKind>): Fault | null {
  const { type, value: name = '', offset = 0, options = {} } = element;
  if (type === ICU.words || type === ICU.number) return null;
  if (!values.has(name)) return values.size ? fault('unknown', { name, allowed: namesIn(values) }) : fault('none');
  if (type === ICU.value) return null;
  if (type !== ICU.plural || offset) return fault('format');
  if (values.get(name) !== 'number') return fault('noNumber', { name });
  const lacking = formsOf(language, element.pluralType).filter((form) => !Object.hasOwn(options, form));
  return lacking.length ? fault('forms', { name, forms: lacking.join(', ') }) : null;
}

const namesIn = (values: ReadonlyMap<string, ValueKind>): string =>
  [...values.keys()].map((name) => `{${name}}`).join(', ');

/** Whole numbers that mails count up to; French and its kin have a form of their own for millions alone. */
const COUNTED = Array.from({ length: 1_000 }, (_, n) => n);

/** The plural forms that a language has for what is counted: six in Arabic, four in Russian. */
export function formsOf(language: string, type: Intl.PluralRulesOptions['type'] = 'cardinal'): string[] {
  const rules = new Intl.PluralRules(localeOf(language), { type });
  return [...new Set([...COUNTED.map((n) => rules.select(n) as string), 'other'])];
}

/** Words as they were typed: spaces at the ends and empty lines go, so that what is compared is what is read. */
export const tidied = ({ subject, lines, link }: MailWords): MailWords => ({
  subject: tidy(subject),
  lines: lines.map(tidy).filter(Boolean),
  link: tidy(link),
});

const tidy = (text: string): string => composed(text).replace(/ {2,}/g, ' ').trim();
