import { createHash } from 'node:crypto';
import { ACCOUNT_MAIL_KINDS, MAIL_KINDS } from '#libs/contracts/mail.js';
import type { AccountMailKind, MailKind } from '#libs/contracts/mail.js';
import { messageOf } from '#libs/i18n/translator.js';
import { ACCOUNT_WORDING } from './account-wording.js';
import { WORDING } from './wording.js';
import type { Wording } from './wording.js';

/** What a mail says in one language: ICU messages, their values not filled in. */
export type MailWords = Pick<Wording, 'subject' | 'lines' | 'link'>;

/** Every kind of mail that there is. */
export const EVERY_KIND: readonly (MailKind | AccountMailKind)[] = [...MAIL_KINDS, ...ACCOUNT_MAIL_KINDS];

export const isKind = (kind: string): kind is MailKind | AccountMailKind =>
  (EVERY_KIND as readonly string[]).includes(kind);

export const isOfAccount = (kind: string): kind is AccountMailKind =>
  (ACCOUNT_MAIL_KINDS as readonly string[]).includes(kind);

/** The words that the program comes with. */
export function programWords(kind: MailKind | AccountMailKind, language: string): MailWords {
  const { subject, lines, link } = isOfAccount(kind) ? ACCOUNT_WORDING[kind] : WORDING[kind];
  const said = (english: string) => asTyped(messageOf(language, english));
  return { subject: said(subject), lines: lines.map(said), link: said(link) };
}

/** In a catalogue, a message with a plural writes an apostrophe twice. */
const asTyped = (message: string): string => (message.includes(', plural,') ? message.replaceAll("''", "'") : message);

/** What a review is of: these words and no others. */
export const hashOfWords = ({ subject, lines, link }: MailWords): string =>
  createHash('sha256')
    .update(JSON.stringify([subject, lines, link]))
    .digest('hex');
