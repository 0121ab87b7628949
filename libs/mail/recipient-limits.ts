import type { EntityManager } from 'typeorm';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';

const HOUR_MS = 3_600_000;

/**
 * When mails went, by the deployment's clock. Rows of earlier releases have the real time in `sent_at`; no mail goes
 * before its `send_after`, and a day of the deployment is never longer than a real one.
 */
const SENT = `SELECT recipient, GREATEST(sent_at, send_after) AS at FROM mail
  WHERE recipient = ANY ($1) AND class <> 'urgent' AND state IN ('sent', 'bounced')
    AND sent_at > now() - interval '1 day' AND GREATEST(sent_at, send_after) > $2`;

/** What may have arrived counts as if it had, each time: the mailer died, or the line was cut, before anybody knew. */
const UNCERTAIN = `SELECT mail.recipient, e.at FROM mail_event e JOIN mail ON mail.id = e.mail_id
  WHERE e.happening = 'unknown' AND e.at > $2 AND mail.recipient = ANY ($1) AND mail.class <> 'urgent'`;

/** What other mailers have in hand for the same people, and took up before. */
const IN_HAND = `SELECT recipient, NULL::timestamptz AS at FROM mail
  WHERE state IN ('claimed', 'sending') AND class <> 'urgent' AND recipient = ANY ($1) AND NOT id = ANY ($3)
    AND (state = 'sending' OR (claimed_at, id) < ($4::timestamptz, $5::uuid))`;

/** One statement: a mail that arrives between two would be in neither. */
const COUNTED = `${SENT} UNION ALL ${UNCERTAIN} UNION ALL ${IN_HAND} ORDER BY at DESC`;

/** By recipient: when the mails of the last day that count went (epoch ms), the newest first. */
export async function sentOfLastDay(
  manager: EntityManager,
  recipients: readonly string[],
  now: number,
): Promise<Map<string, number[]>> {
  const rows = await manager.query<Counted[]>(`${SENT} UNION ALL ${UNCERTAIN} ORDER BY at DESC`, [
    recipients,
    new Date(now - DAY_MS),
  ]);
  return timesOf(rows);
}

interface Counted {
  recipient: string;
  /** Null while it is just going. */
  at: Date | null;
}

function timesOf(rows: readonly Counted[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { recipient, at } of rows) if (at) times.set(recipient, [...(times.get(recipient) ?? []), at.getTime()]);
  return times;
}

/** How many mails to one recipient may still go this hour and this day; urgent ones do not count. */
export class RecipientLimits {
  private constructor(
    /** By recipient: when the mails of the last day went (epoch ms), the newest first. */
    private readonly sent: ReadonlyMap<string, number[]>,
    /** By recipient: mails that are just going. */
    private readonly going: Map<string, number>,
    private readonly limits: MailPolicy['limits'],
    private readonly now: number,
  ) {}

  /** @param rows a batch, all taken up together · @param now the deployment's (epoch ms) */
  static async of(
    manager: EntityManager,
    rows: readonly Mail[],
    limits: MailPolicy['limits'],
    now: number,
  ): Promise<RecipientLimits> {
    const recipients = [...new Set(rows.map(({ recipient }) => recipient))];
    const ids = rows.map(({ id }) => id).sort();
    const taken = [ids, rows[0]?.claimedAt ?? new Date(), ids[0]];
    const counted = await manager.query<Counted[]>(COUNTED, [recipients, new Date(now - DAY_MS), ...taken]);
    const going = new Map<string, number>();
    for (const { recipient, at } of counted) if (!at) going.set(recipient, (going.get(recipient) ?? 0) + 1);
    return new RecipientLimits(timesOf(counted), going, limits, now);
  }

  /** Counts a mail in, or says until when (epoch ms) it has to wait; null: it may go. */
  take({ recipient }: Pick<Mail, 'recipient'>): number | null {
    const going = this.going.get(recipient) ?? 0;
    const sent = this.sent.get(recipient) ?? [];
    const until = Math.max(
      this.freeAt(sent, going, this.limits.perHour, HOUR_MS),
      this.freeAt(sent, going, this.limits.perDay, DAY_MS),
    );
    if (until > this.now) return until;
    this.going.set(recipient, going + 1);
    return null;
  }

  /** When fewer than `limit` mails have gone within the span; those that are going go now. */
  private freeAt(sent: readonly number[], going: number, limit: number, spanMs: number): number {
    const within = sent.filter((at) => at > this.now - spanMs);
    if (within.length + going < limit) return this.now;
    return (within[limit - going - 1] ?? this.now) + spanMs;
  }
}
