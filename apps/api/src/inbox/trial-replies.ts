import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '#libs/config/config.js';
import type { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import { mailbox } from '#libs/mail/address.js';
import { hostAndPort } from '#libs/text/host-port.js';

const SILENCE_MS = 10_000;

/** Answers a caught mail as its reader would from their own mail program: to its reply address, over LMTP. */
@Injectable()
export class TrialReplies {
  constructor(private readonly config: Config) {}

  /** Where an answer to this mail would go; null where nobody takes one. */
  addressOf({ headers }: CaughtMail): string | null {
    const written = headers['reply-to'] ?? '';
    const address = /<([^<>]+)>\s*$/.exec(written)?.[1] ?? written;
    return this.config.inboundLmtp && address ? address : null;
  }

  /** @throws when the door of replies does not take it */
  async send(mail: CaughtMail, text: string): Promise<void> {
    const transport = createTransport({
      ...hostAndPort(this.config.inboundLmtp),
      lmtp: true,
      ignoreTLS: true,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const from = mailbox(mail.to[0] ?? '', '');
    const to = mailbox(this.addressOf(mail) ?? '', '');
    const thread = { inReplyTo: mail.messageId, references: [mail.messageId] };
    await transport
      .sendMail({ from, to, subject: `Re: ${mail.subject}`, text, ...thread })
      .finally(() => transport.close());
  }
}
