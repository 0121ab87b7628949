import type { SendMailOptions } from 'nodemailer';
import type { AnswerLink } from '#libs/answering/answer-links.js';
import { ACCOUNT_MAIL_KINDS, DIGEST_KIND } from '#libs/contracts/mail.js';
import type {
  AccountMailKind,
  AccountMailParameters,
  DigestParameters,
  MailKind,
  MailParameters,
} from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { interfaceLanguage } from '#libs/i18n/translator.js';
import { unseal } from '#libs/secrets/secret-box.js';
import { secretPlace } from './account-mail.js';
import { headerText, mailbox } from './address.js';
import type { MailText } from './layout.js';
import { messageIdDomain } from './message-id.js';
import { renderAccountMail } from './render-account.js';
import { renderDigest } from './render-digest.js';
import { renderMail } from './render.js';
import { signedAddress } from './reply-address.js';
import type { AddressUse } from './reply-address.js';
import { unsubscribePath } from './unsubscribing.js';
import type { MailWords } from './words.js';

export interface Sender {
  mailFrom: string;
  publicUrl: string;
  secretsKey: string;
  /** Where replies and reports of mail servers are taken; absent or empty: nowhere. */
  inboundDomain?: string;
}

/** What a mail offers can no longer be used. */
export class TooLate extends Error {
  override name = 'TooLate';
}

/** What a mail holds besides its row. */
export interface Additions {
  /** Of an edited template; absent: those that the program comes with. */
  words?: MailWords | undefined;
  /** How it can be answered without signing in. */
  answer?: AnswerLink | null;
}

/** The message of a ledger row. All mails of a case hang on one thread. @throws BadAddress, TooLate, Unreadable, TemplateBroken */
export function messageOf(row: Mail, sender: Sender, additions: Additions = {}): SendMailOptions {
  const [, name = 'Action48', address = ''] = /^([^<]*)<([^>]+)>$/.exec(sender.mailFrom) ?? [];
  const envelope = {
    from: mailbox(address, name),
    to: mailbox(row.recipient, row.recipientName),
    messageId: row.messageId,
    ...ways(row, sender),
  };
  const headers = {
    'Auto-Submitted': 'auto-generated',
    'Content-Language': interfaceLanguage(row.language),
    'X-Action48-Ledger': row.id,
  };
  const message =
    row.kind === DIGEST_KIND
      ? digestMessage(row, headers, sender)
      : isOfAccount(row)
        ? accountMessage(row, sender, additions.words)
        : caseMessage(row, sender, additions);
  return { ...envelope, headers, ...message, subject: headerText(message.subject) };
}

/** Where an answer goes, and where a server reports that it could not deliver. A mail about an account is not answered: it may hold a code. */
function ways(row: Mail, { inboundDomain: domain, secretsKey }: Sender): Pick<SendMailOptions, 'replyTo' | 'envelope'> {
  if (!domain) return {};
  const address = (use: AddressUse): string => signedAddress(use, row, { domain, secretsKey });
  return {
    envelope: { from: address('bounces'), to: mailbox(row.recipient, '').address },
    ...(!isOfAccount(row) && { replyTo: mailbox(address('reply'), 'Action48') }),
  };
}

const isOfAccount = ({ kind }: Mail): boolean => ACCOUNT_MAIL_KINDS.includes(kind as AccountMailKind);

function caseMessage({ kind, language, ...row }: Mail, { mailFrom, publicUrl }: Sender, additions: Additions) {
  const parameters = row.parameters as MailParameters;
  const thread = `<${parameters.reference.toLowerCase().replace(/[^a-z0-9.-]/g, '')}@${messageIdDomain(mailFrom)}>`;
  return {
    ...renderMail(kind as MailKind, parameters, language, publicUrl, additions),
    inReplyTo: thread,
    references: [thread],
  };
}

function accountMessage(
  { id, kind, language, ...row }: Mail,
  { publicUrl, secretsKey }: Sender,
  words?: MailWords,
): MailText {
  const parameters = row.parameters as AccountMailParameters;
  if (parameters.validUntil && Date.parse(parameters.validUntil) <= Date.now())
    throw new TooLate('what it offers was over before it could be sent');
  const secret = row.secret ? unseal(secretsKey, secretPlace(id), row.secret) : '';
  return renderAccountMail(kind as AccountMailKind, parameters, secret, language, publicUrl, words);
}

/** Whoever gets it stops digests by one click of their mail program (RFC 8058), which needs an address that is safe to post to. */
function digestMessage(row: Mail, headers: Record<string, string>, { publicUrl, secretsKey }: Sender) {
  const token = row.secret ? unseal(secretsKey, secretPlace(row.id), row.secret) : null;
  const path = token && unsubscribePath(token);
  const secure = publicUrl.startsWith('https:');
  return {
    ...renderDigest(row.parameters as DigestParameters, path, row.language, publicUrl),
    headers: {
      ...headers,
      ...(path && { 'List-Unsubscribe': `<${new URL(path, publicUrl).href}>` }),
      ...(path && secure && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
  };
}
