import type { DataSource } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { Documents } from '#libs/documents/documents.js';
import { messageIdDomain } from '#libs/mail/message-id.js';
import { Reception } from '#libs/inbound/reception.js';
import { LmtpDoor } from './lmtp.js';
import { Mailbox } from './mailbox.js';

/** The ways by which mail comes in, as far as the settings name any. */
export interface Inbound {
  close(): Promise<void>;
}

/** Where files that come with replies are kept. */
const documentsOf = (dataSource: DataSource, { mailFrom, secretsKey }: Config): Documents =>
  new Documents(dataSource, new CaseStore(dataSource, messageIdDomain(mailFrom)), secretsKey);

/** @throws when the LMTP address cannot be listened on */
export async function openInbound(
  config: Config,
  dataSource: DataSource,
  warn: (text: string) => void,
): Promise<Inbound> {
  const reception = new Reception(dataSource, config, documentsOf(dataSource, config));
  const door = config.inboundLmtp ? await LmtpDoor.open(config.inboundLmtp, reception, warn) : null;
  const place = { url: config.imapUrl, doneFolder: config.imapDoneFolder };
  const mailbox = config.imapUrl ? new Mailbox(place, reception, warn) : null;
  mailbox?.start();
  return {
    close: async () => {
      await Promise.all([door?.close(), mailbox?.stop()]);
    },
  };
}
