import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { FoundBy } from '#libs/database/entities/inbound-mail.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { isOurs, readAddress } from '#libs/mail/reply-address.js';
import type { ReceivedMessage } from './read-message.js';

/** The row of the ledger that a message is about, and how that is known. */
export interface Thread {
  row: Mail;
  foundBy: Extract<FoundBy, 'address' | 'thread'>;
}

/**
 * The mail that a message answers or reports on: by the signed address that it was sent to, else by the Message-IDs that it
 * names. A wrong signature names nothing, and whoever tries one is not helped by the thread either.
 */
export async function threadOf(
  manager: EntityManager,
  message: ReceivedMessage,
  secretsKey: string,
): Promise<Thread | null> {
  const claims = message.to.flatMap((address) => readAddress(address) ?? []);
  for (const claim of claims) {
    const row = await manager.findOneBy(Mail, { id: claim.mailId });
    if (row && isOurs(claim, row, secretsKey)) return { row, foundBy: 'address' };
  }
  if (claims.length) return null;
  const ids = [...message.answers, ...message.returned];
  if (!ids.length) return null;
  const rows = await manager.findBy(Mail, { messageId: In(ids) });
  const nearest = ids.flatMap((id) => rows.find(({ messageId }) => messageId === id) ?? [])[0];
  return nearest ? { row: nearest, foundBy: 'thread' } : null;
}
