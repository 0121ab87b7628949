import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { digestOf } from '#libs/case-store/digest-content.js';
import { productNow } from '#libs/case-store/product-time.js';
import type { Config } from '#libs/config/config.js';
import { DIGEST_KIND } from '#libs/contracts/mail.js';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { digestTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { seal } from '#libs/secrets/secret-box.js';
import { secretPlace } from './account-mail.js';
import { messageIdDomain } from './message-id.js';
import { newUnsubscribeToken } from './unsubscribing.js';

const PEOPLE_AT_A_TIME = 100;

/** Makes one mail of what only informs somebody, when their digest is due. */
export class Digests {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sender: Pick<Config, 'mailFrom' | 'secretsKey'>,
  ) {}

  /**
   * Everybody whose digest is due at the deployment's now, or at an instant (epoch ms); any number of mailers may do it at
   * a time. Returns how many digests were made.
   */
  async gather(at?: number): Promise<number> {
    let made = 0;
    for (;;) {
      const now = at ?? (await productNow(this.dataSource.manager));
      const due = await this.dataSource.query<{ recipient: string }[]>(
        `SELECT DISTINCT recipient FROM (SELECT recipient FROM mail
           WHERE state = 'due' AND class = 'digest' AND held_for = 'digest' AND send_after <= $1
           ORDER BY send_after LIMIT 1000) AS due LIMIT $2`,
        [new Date(now), PEOPLE_AT_A_TIME],
      );
      let gathered = 0;
      for (const { recipient } of due) gathered += await this.gatherFor(recipient, now);
      made += gathered;
      // Nothing: nobody is left, or another mailer has them in hand.
      if (!gathered) return made;
    }
  }

  private gatherFor(recipient: string, now: number): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const rows = await manager
        .createQueryBuilder(Mail, 'mail')
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .where(`mail.state = 'due' AND mail.class = 'digest' AND mail.held_for = 'digest'`)
        .andWhere('mail.recipient = :recipient AND mail.send_after <= :now', { recipient, now: new Date(now) })
        .orderBy('mail.id')
        .getMany();
      const last = rows.at(-1);
      if (!last) return 0;
      const digest = await this.make(manager, rows, last, now);
      if (!digest) await this.nextTime(manager, rows, now);
      else await markGathered(manager, rows, digest, new Date(now));
      return digest ? 1 : 0;
    });
  }

  /** The row of the digest; null when this time's is there already. */
  private async make(manager: EntityManager, rows: Mail[], last: Mail, now: number): Promise<string | null> {
    const { recipient, recipientName, language, reader, personId } = last;
    const id = uuidv7();
    const row = {
      ...{ id, caseId: null, kind: DIGEST_KIND, class: 'single' as const, delivery: 'notice' as const },
      ...{ recipient, recipientName, language, reader, personId, state: 'due' as const, attempts: 0 },
      // One of its kind by the time at which it was to go.
      sequence: new Date(Math.max(...rows.map(({ sendAfter }) => sendAfter.getTime()))).toISOString(),
      parameters: digestOf(rows),
      sendAfter: new Date(now),
      messageId: `<${id}@${messageIdDomain(this.sender.mailFrom)}>`,
    };
    await manager.createQueryBuilder().insert().into(Mail).values(row).orIgnore().execute();
    if (!(await manager.existsBy(Mail, { id }))) return null;
    if (personId) {
      const token = await newUnsubscribeToken(manager, personId);
      await manager.update(Mail, id, { secret: seal(this.sender.secretsKey, secretPlace(id), token) });
    }
    return id;
  }

  /** Written just when the digest went: part of the next one. */
  private async nextTime(manager: EntityManager, rows: Mail[], now: number): Promise<void> {
    const policy = await currentMailPolicy(manager);
    for (const { id, reader } of rows) {
      const at = reader ? digestTime(reader, policy, now + 1) : now + DAY_MS;
      await manager.update(Mail, id, { sendAfter: new Date(at) });
    }
  }
}

async function markGathered(manager: EntityManager, rows: Mail[], digestId: string, at: Date): Promise<void> {
  // What a server answered before stands in the history: here it would be why it is left out.
  await manager.query(
    `UPDATE mail SET state = 'gathered', held_for = NULL, response = NULL, digest_id = $2 WHERE id = ANY ($1)`,
    [rows.map(({ id }) => id), digestId],
  );
  await manager.insert(
    MailEvent,
    rows.map(({ id }) => ({ mailId: id, at, happening: 'gathered' as const, detail: digestId })),
  );
}
