import type { EntityManager } from 'typeorm';
import { callOffWithDigest } from '#libs/case-store/call-off.js';
import { productNow } from '#libs/case-store/product-time.js';
import { readerFor } from '#libs/case-store/recipients.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { Person } from '#libs/database/entities/person.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';

/** What waits for nothing that its reader could change keeps its time. */
const BY_READER: readonly (Mail['heldFor'] | null)[] = ['hours', 'quiet', 'digest'];

/**
 * Mails that wait for somebody go by their new choices from now on: other hours, another rhythm. Whatever only informs
 * somebody who has turned that off is not sent, a digest that is about to go included.
 */
export async function rescheduleMail(manager: EntityManager, person: Person): Promise<void> {
  const { id: personId, timezone, mailRhythm } = person;
  if (mailRhythm === 'off') await callOffDigests(manager, person);
  const waiting = await manager
    .createQueryBuilder(Mail, 'mail')
    .setLock('pessimistic_write')
    .where(`mail.person_id = :personId AND mail.state = 'due' AND mail.reader IS NOT NULL`, { personId })
    .orderBy('mail.id')
    .getMany();
  const reader = await readerFor(manager, person);
  const policy = await currentMailPolicy(manager);
  const now = await productNow(manager);
  for (const row of waiting) {
    const parameters = { ...row.parameters, timezone };
    const again = BY_READER.includes(row.heldFor) ? sendTime(row.class, reader, policy, now) : null;
    const timing = again && { sendAfter: new Date(again.at), heldFor: again.heldFor };
    await manager.update(Mail, row.id, { reader, parameters, ...timing });
  }
}

async function callOffDigests(manager: EntityManager, { id, email }: Person): Promise<void> {
  await manager.query(
    `UPDATE mail SET state = 'suppressed', held_for = NULL, secret = NULL, response = $2
     WHERE person_id = $1 AND state = 'due' AND (class = 'digest' OR kind = 'digest')`,
    [id, CALLED_OFF.notWanted],
  );
  await callOffWithDigest(manager, email);
}
