import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { DIGEST_KIND } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import type { Hold, MailGate } from './gate.js';
import { RecipientLimits } from './recipient-limits.js';

/** What waits for a digest and was taken up all the same is left to the next pass of the digests. */
const GATHERED_WITHIN_MS = 60_000;

/** Holds what the rules of mail hold now: hours, quiet periods, digests, and so many mails to one recipient (ADR 10). */
export class RulesGate implements MailGate {
  constructor(private readonly dataSource: DataSource) {}

  async holds(rows: readonly Mail[]): Promise<ReadonlyMap<string, Hold>> {
    const waiting = rows.filter((row) => row.class !== 'urgent');
    if (!waiting.length) return new Map();
    const { manager } = this.dataSource;
    const [now, policy] = await Promise.all([productNow(manager), currentMailPolicy(manager)]);
    const limits = await RecipientLimits.of(manager, waiting, policy.limits, now);
    return new Map(
      digestsFirst(waiting).flatMap((row): [string, Hold][] => {
        const hold = byRules(row, policy, now) ?? this.byLimits(row, limits, policy);
        return hold ? [[row.id, hold]] : [];
      }),
    );
  }

  /** A limit that ends in the middle of the night ends with it. */
  private byLimits(row: Mail, limits: RecipientLimits, policy: MailPolicy): Hold | null {
    const until = limits.take(row);
    if (until === null) return null;
    const at = row.reader ? sendTime('single', row.reader, policy, until).at : until;
    return { until: new Date(at), heldFor: 'limit' };
  }
}

/** What is gathered for a week does not wait behind single mails of a reader who has had enough for the day, day after day. */
const digestsFirst = (rows: readonly Mail[]): Mail[] => [
  ...rows.filter(({ kind }) => kind === DIGEST_KIND),
  ...rows.filter(({ kind }) => kind !== DIGEST_KIND),
];

function byRules(row: Mail, policy: MailPolicy, now: number): Hold | null {
  if (row.heldFor === 'digest') return { until: new Date(now + GATHERED_WITHIN_MS), heldFor: 'digest' };
  if (!row.reader) return null;
  const { at, heldFor } = sendTime(row.class, row.reader, policy, now);
  return heldFor && at > now ? { until: new Date(at), heldFor } : null;
}
