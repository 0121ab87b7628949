import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import type { NamedFile } from '#libs/database/entities/inbound-mail.entity.js';
import type { GivenFile } from '#libs/documents/storing.js';
import { line } from '#libs/text/characters.js';

/** How a message was handed over. */
export interface Envelope {
  /** Empty: the null sender of reports; null: the door does not know. */
  from: string | null;
  to: readonly string[];
}

/** A message as far as anything here looks at it; every text can be stored. */
export interface ReceivedMessage {
  messageId: string;
  from: { address: string; name: string };
  /** Every address that it was sent to, by the envelope and by its own headers, lower case. */
  to: string[];
  /** It came from the null sender, as reports do. */
  fromNobody: boolean;
  subject: string;
  /** In the order of the message; HTML alone is made into text. */
  text: string;
  /** Files that came with it, without the parts of a report. */
  files: GivenFile[];
  /** First value of a header, lower case name; empty: it has none. */
  header: (name: string) => string;
  /** Message-IDs that it answers, nearest first. */
  answers: string[];
  /** The machine-readable part of a report (RFC 3464). */
  deliveryStatus: string | null;
  /** Message-IDs in the returned message or its headers. */
  returned: string[];
  fingerprint: string;
}

const LONGEST_HTML = 2_000_000;
const LONGEST_TEXT = 200_000;
const LONGEST_LINE = 500;
const MOST_ADDRESSES = 50;
const MOST_FILES = 50;
const MOST_IDS = 50;
const RETURNED = ['message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers'];
/** Headers in which mail servers note whom they were delivering to. */
const DELIVERED_TO = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];

/** Reads a message of any shape. @throws nothing for any input: what cannot be read is left out */
export async function readMessage(raw: Buffer, envelope: Envelope): Promise<ReceivedMessage> {
  const options = { keepDeliveryStatus: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
  const mail = await simpleParser(raw, { ...options, maxHtmlLengthToParse: LONGEST_HTML }).catch(() => null);
  return mail ? messageOf(mail, envelope, raw) : unreadable(raw, envelope);
}

function messageOf(mail: ParsedMail, envelope: Envelope, raw: Buffer): ReceivedMessage {
  const header = (name: string): string => headerOf(mail, name);
  const sender = addresses(mail.from)[0];
  const messageId = lineOf(mail.messageId ?? '');
  const text = storable((mail.text ?? '').slice(0, LONGEST_TEXT));
  const parts = mail.attachments ?? [];
  const status = parts.find(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType));
  const returnedParts = parts.filter(({ contentType }) => RETURNED.includes(contentType));
  const attached = parts.filter((part) => part !== status && !returnedParts.includes(part)).slice(0, MOST_FILES);
  const noted = DELIVERED_TO.map(header).filter(Boolean);
  const named = [mail.to, mail.cc].flatMap((one) => addresses(one)).map(({ address }) => address);
  return {
    messageId,
    from: { address: (sender?.address ?? '').toLowerCase().slice(0, 254), name: lineOf(sender?.name ?? '') },
    to: [...new Set([...envelope.to, ...noted, ...named].map((one) => one.toLowerCase()))].slice(0, MOST_ADDRESSES),
    fromNobody: envelope.from === '' || /^\s*<\s*>\s*$/.test(header('return-path')),
    subject: lineOf(mail.subject ?? ''),
    text,
    files: attached.map(({ filename, contentType, content }) => ({
      name: lineOf(filename ?? ''),
      declaredType: lineOf(contentType),
      content,
    })),
    header,
    answers: idsIn(`${header('in-reply-to')} ${[mail.references ?? []].flat().reverse().join(' ')}`),
    deliveryStatus: status ? storable(status.content.toString('utf8', 0, LONGEST_TEXT)) : null,
    returned: returnedParts.flatMap(({ content }) => returnedIds(content)),
    fingerprint: fingerprintOf(messageId, sender?.address ?? '', mail, raw),
  };
}

/** What nobody can parse is kept as the text that it is, for a person to look at. */
function unreadable(raw: Buffer, envelope: Envelope): ReceivedMessage {
  return {
    messageId: '',
    from: { address: envelope.from ?? '', name: '' },
    to: envelope.to.map((one) => one.toLowerCase()),
    fromNobody: envelope.from === '',
    subject: '',
    text: storable(raw.toString('utf8', 0, LONGEST_LINE)),
    files: [],
    header: () => '',
    answers: [],
    deliveryStatus: null,
    returned: [],
    fingerprint: createHash('sha256').update(raw).digest('hex'),
  };
}

/** The same message has the same, whatever headers servers add on its way. */
function fingerprintOf(
  messageId: string,
  from: string,
  { date, subject, text, html, attachments }: ParsedMail,
  raw: Buffer,
): string {
  const hash = createHash('sha256');
  const said = [messageId, from, date?.toISOString() ?? '', subject ?? '', text ?? '', html || ''];
  hash.update(JSON.stringify([...said, ...(attachments ?? []).map(({ checksum }) => checksum)]));
  // Without an id and a date, two short messages may well be two.
  if (!messageId && !date) hash.update(raw);
  return hash.digest('hex');
}

function headerOf({ headerLines }: ParsedMail, name: string): string {
  const found = headerLines.find(({ key }) => key === name);
  return found ? lineOf(found.line.slice(found.line.indexOf(':') + 1)) : '';
}

const addresses = (given: ParsedMail['to'] | ParsedMail['from']): { address: string; name: string }[] =>
  [given ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .flatMap((one) => [one, ...(one.group ?? [])])
    .slice(0, MOST_ADDRESSES)
    .flatMap(({ address, name }) => (address ? [{ address: lineOf(address), name }] : []));

const idsIn = (text: string): string[] =>
  [...new Set(text.slice(0, 20_000).match(/<[^<>\s]{1,250}>/g) ?? [])].slice(0, MOST_IDS);

/** Message-ID and our own mark of a message that was returned: of its headers alone. */
function returnedIds(content: Buffer): string[] {
  const [headers = ''] = content.toString('utf8', 0, 50_000).split(/\r?\n\r?\n/, 1);
  return idsIn(/^message-id:[^\S\n]*(?:\r?\n[^\S\n]+)?([^\r\n]*)/im.exec(headers)?.[1] ?? '');
}

/** mailparser gives what is no text where a message is damaged, such as a content type that is false. */
const lineOf = (text: unknown): string =>
  typeof text === 'string' ? whole(line(text.slice(0, LONGEST_LINE * 4)).slice(0, LONGEST_LINE)) : '';

/** Without halves of characters: a wrong charset, or a cut, leaves some. */
const whole = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** PostgreSQL takes no NUL, and nothing here needs other control characters than ends of lines and tabs. */
const storable = (text: string): string =>
  whole(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');

/** What is said of a file without keeping it. */
export const namedFile = ({ name, declaredType, content }: GivenFile): NamedFile => ({
  name,
  type: declaredType,
  size: content.length,
});
