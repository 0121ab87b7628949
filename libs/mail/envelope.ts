import type { SendMailOptions } from 'nodemailer';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { mailbox } from './address.js';
import { messageIdDomain } from './message-id.js';
import { renderMail } from './render.js';

export interface Sender {
  mailFrom: string;
  publicUrl: string;
}

/** The message of a ledger row. All mails of a case hang on one thread. @throws BadAddress */
export function messageOf(row: Mail, { mailFrom, publicUrl }: Sender): SendMailOptions {
  const { kind, parameters, language } = row;
  const { subject, text, html } = renderMail(kind as Parameters<typeof renderMail>[0], parameters, language, publicUrl);
  const thread = `<${parameters.reference.toLowerCase()}@${messageIdDomain(mailFrom)}>`;
  const [, name = 'Action48', address = ''] = /^([^<]*)<([^>]+)>$/.exec(mailFrom) ?? [];
  return {
    from: mailbox(address, name),
    to: mailbox(row.recipient, row.recipientName),
    subject,
    text,
    html,
    messageId: row.messageId,
    inReplyTo: thread,
    references: [thread],
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language, 'X-Action48-Ledger': row.id },
  };
}
