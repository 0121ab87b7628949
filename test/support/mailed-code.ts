import type { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { messageOf } from '#libs/mail/envelope.js';

/** The code in the last mail of this kind to an address, as its reader would find it; null when none was written. */
export async function mailedCode({ manager }: DataSource, kind: string, recipient: string): Promise<string | null> {
  const [mail] = await manager.find(Mail, {
    where: { kind, recipient },
    order: { sendAfter: 'DESC', id: 'DESC' },
    take: 1,
  });
  const text = mail && (messageOf(mail, new Config()).text as string);
  return /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text ?? '')?.[0] ?? null;
}
