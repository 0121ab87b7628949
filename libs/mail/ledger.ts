import type { DataSource } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { Hold } from './gate.js';
import { clockOffsetMs } from '#libs/case-store/product-time.js';

/** A claim or a sending this old belongs to a mailer that is gone: six SMTP steps of the longest silence take less. */
const ABANDONED_SECONDS = 180;

/** The ledger's states: `due → claimed → sending → sent | failed | unknown`, or `claimed → suppressed`. Every change is committed on its own. */
export class MailLedger {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes up to `limit` mails that are due, save what is gathered into digests; two mailers never take the same one. */
  async claim(limit: number): Promise<Mail[]> {
    const offset = await clockOffsetMs(this.dataSource.manager);
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      // An array is made once; a plain IN may be planned so that the limit is taken anew for every row.
      `UPDATE mail SET state = 'claimed', claimed_at = now() WHERE id = ANY (ARRAY(
         SELECT id FROM mail WHERE state = 'due' AND held_for IS DISTINCT FROM 'digest' AND send_after <= now() + make_interval(secs => $1)
         ORDER BY send_after, id LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING id`,
      [offset / 1000, limit],
    );
    // An empty list of conditions would mean every mail there is.
    if (!rows.length) return [];
    return this.dataSource.manager.find(Mail, {
      where: rows.map(({ id }) => ({ id })),
      order: { sendAfter: 'ASC', id: 'ASC' },
    });
  }

  /** Committed before the connection is made: from here on the outcome may be unknown. False when the row is not ours any more. */
  async sending({ id }: Mail): Promise<boolean> {
    const [, changed] = await this.dataSource.query<[unknown, number]>(
      `UPDATE mail SET state = 'sending', claimed_at = now(), attempts = attempts + 1 WHERE id = $1 AND state = 'claimed'`,
      [id],
    );
    return changed === 1;
  }

  async sent({ id }: Mail, response: string): Promise<void> {
    await this.dataSource.manager.update(Mail, id, {
      ...OVER,
      state: 'sent',
      sentAt: new Date(),
      response: readable(response),
    });
  }

  async failed({ id }: Mail, response: string): Promise<void> {
    await this.dataSource.manager.update(Mail, id, { ...OVER, state: 'failed', response: readable(response) });
  }

  /** Taken up, and not to be sent by this deployment. */
  async suppressed({ id }: Mail, why: string): Promise<void> {
    await this.dataSource.manager.update(
      Mail,
      { id, state: 'claimed' },
      { ...OVER, state: 'suppressed', response: why },
    );
  }

  /** Tried again after a pause, unless nobody may be told any more. */
  async postpone({ id }: Mail, seconds: number, response: string): Promise<void> {
    const offset = await clockOffsetMs(this.dataSource.manager);
    await this.dataSource.query(
      `UPDATE mail SET state = 'due', send_after = now() + make_interval(secs => $2), response = $3
       WHERE id = $1 AND state <> 'suppressed'`,
      [id, seconds + offset / 1000, readable(response)],
    );
  }

  /** Taken up, and not to go now. */
  async hold({ id }: Mail, { until, heldFor }: Hold): Promise<void> {
    await this.dataSource.query(
      `UPDATE mail SET state = 'due', send_after = $2, held_for = $3 WHERE id = $1 AND state = 'claimed'`,
      [id, until, heldFor],
    );
  }

  /** Claimed and not begun: another mailer, or the next start, may take them. */
  async release(rows: readonly Mail[]): Promise<void> {
    const ids = rows.map(({ id }) => id);
    await this.dataSource.query(`UPDATE mail SET state = 'due' WHERE id = ANY($1) AND state = 'claimed'`, [ids]);
  }

  /** Nobody knows whether it arrived: nothing more is sent, and it is shown. */
  async unknown({ id }: Mail, response: string): Promise<void> {
    await this.dataSource.manager.update(Mail, id, { ...OVER, state: 'unknown', response: readable(response) });
  }

  /** What a mailer that died left behind: claimed mails go back, half-sent ones are unknown. */
  async recover(): Promise<void> {
    const gone = `claimed_at < now() - make_interval(secs => ${ABANDONED_SECONDS})`;
    await this.dataSource.query(`UPDATE mail SET state = 'due' WHERE state = 'claimed' AND ${gone}`);
    await this.dataSource.query(
      `UPDATE mail SET state = CASE delivery WHEN 'notice' THEN 'due' ELSE 'unknown' END,
         secret = CASE delivery WHEN 'notice' THEN secret END,
         response = 'the mailer stopped while sending' WHERE state = 'sending' AND ${gone}`,
    );
  }
}

/** A mail that is not going to be sent, or sent again, keeps nothing secret. */
const OVER = { secret: null };

const LONGEST_RESPONSE = 500;

/** A server may answer anything, also what PostgreSQL cannot store. */
const readable = (response: string): string => response.replace(/\p{Cc}+/gu, ' ').slice(0, LONGEST_RESPONSE);
