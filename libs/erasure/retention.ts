import type { DataSource } from 'typeorm';
import { NotEnded } from '#libs/case-store/case-store.js';
import { productNow } from '#libs/case-store/product-time.js';
import { ENDED } from '#libs/domain/case/stages.js';
import { ERASURE_CLASSES, overAt, retentionAt } from '#libs/domain/retention/retention-policy.js';
import type { ErasureClass, RetentionPolicy } from '#libs/domain/retention/retention-policy.js';
import type { CaseErasure } from './case-erasure.js';

/** What is over the time for which it may be kept. */
export interface OverdueErasure {
  caseId: string;
  reference: string;
  what: ErasureClass;
  /** When the case ended, and since when this should be gone (ISO 8601 UTC). */
  endedAt: string;
  overSince: string;
  /** `retention/<version of the policy>`. */
  rule: string;
}

interface EndedCase {
  id: string;
  reference: string;
  ended_at: Date;
  erased: ErasureClass[];
}

/** Cases that are over for good, with the instant of it and what has been erased already. */
const ENDED_CASES = `SELECT c.id, c.reference,
    (SELECT max(e.effective_at) FROM case_event e WHERE e.case_id = c.id AND e.type = ANY ($2)) AS ended_at,
    ARRAY(SELECT e.body ->> 'what' FROM case_event e WHERE e.case_id = c.id AND e.type = 'personal_data_erased'
      AND e.version > coalesce((SELECT max(r.version) FROM case_event r WHERE r.case_id = c.id AND r.type = 'reopened'), 0)) AS erased
  FROM assistance_case c
  WHERE c.ended AND (c.stage = 'closed' OR c.side_state = ANY ($1)) AND c.opened_at < $3
  ORDER BY c.id`;

const ENDING = ['closed', 'withdrawn', 'declined', 'rejected', 'merged', 'referred'];

/** The daily look at what has been kept long enough (product.md: 24 months, 10 years). */
export class Retention {
  constructor(
    private readonly dataSource: DataSource,
    private readonly erasure: CaseErasure,
  ) {}

  /** What is over at the deployment's now; nothing is changed. */
  async due(): Promise<OverdueErasure[]> {
    const now = await productNow(this.dataSource.manager);
    const policy = retentionAt(now);
    const rows = await this.dataSource.query<EndedCase[]>(ENDED_CASES, [ENDED, ENDING, new Date(now)]);
    return rows.flatMap((row) => overdueOf(row, policy, now));
  }

  /** Erases what is over: one case after another, each in a transaction of its own. `stop` ends it between two. */
  async run(stop?: AbortSignal): Promise<OverdueErasure[]> {
    const due = await this.due();
    const erased: OverdueErasure[] = [];
    for (const one of due) {
      stop?.throwIfAborted();
      const { caseId, what, rule } = one;
      await this.erasure.erase(caseId, what, rule).then(
        () => erased.push(one),
        // Reopened meanwhile, or a mail is just being sent: the next day's run looks again.
        (error: unknown) => {
          if (!(error instanceof NotEnded)) throw error;
        },
      );
    }
    const now = await productNow(this.dataSource.manager);
    const { contactsMonths } = retentionAt(now);
    const since = new Date(now);
    since.setUTCMonth(since.getUTCMonth() - contactsMonths);
    await this.erasure.eraseDrafts(since.getTime());
    await this.erasure.eraseOfferContacts(since.getTime());
    await this.erasure.eraseStrayMail(since.getTime());
    return erased;
  }
}

function overdueOf(
  { id, reference, ended_at, erased }: EndedCase,
  policy: RetentionPolicy,
  now: number,
): OverdueErasure[] {
  return ERASURE_CLASSES.flatMap((what) => {
    const over = overAt(ended_at.getTime(), what, policy);
    if (over > now || erased.includes(what)) return [];
    const [endedAt, overSince] = [ended_at.toISOString(), new Date(over).toISOString()];
    return { caseId: id, reference, what, endedAt, overSince, rule: `retention/${policy.version}` };
  });
}
