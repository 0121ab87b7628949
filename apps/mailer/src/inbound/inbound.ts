import type { DataSource } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { Reception } from '#libs/inbound/reception.js';
import { LmtpDoor } from './lmtp.js';
import { Mailbox } from './mailbox.js';

/** The ways by which mail comes in, as far as the settings name any. */
export interface Inbound {
  close(): Promise<void>;
}

/** @throws when the LMTP address cannot be listened on */
export async function openInbound(
  config: Config,
  dataSource: DataSource,
  warn: (text: string) => void,
): Promise<Inbound> {
  const reception = new Reception(dataSource, config);
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
