import type { DataSource } from 'typeorm';
import { crashPoint } from '#libs/observability/crash-point.js';
import type { CaseStore } from './case-store.js';
import { NOT_FOLLOWED_UP } from './undelivered-mail.js';

/** Cases with mails that reached nobody, from which nothing has followed yet. */
export class UndeliveredCases {
  /** What failed in this round; it is tried again in the next, so that it holds up nobody else. */
  private readonly troubled = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: Pick<CaseStore, 'followUp'>,
  ) {}

  /**
   * Follows up each of them in its own transaction; two passes at once do it once.
   * @returns how many cases were followed up
   * @throws the last error when none could be
   */
  async relay(limit = 20): Promise<number> {
    const rows = await this.dataSource.query<{ case_id: string }[]>(
      `SELECT DISTINCT case_id FROM (${NOT_FOLLOWED_UP}) AS failed WHERE case_id <> ALL ($2::uuid[]) ORDER BY case_id LIMIT $1`,
      [limit, [...this.troubled]],
    );
    if (!rows.length) this.troubled.clear();
    let done = 0;
    let trouble: { error: unknown } | undefined;
    for (const { case_id: caseId } of rows)
      try {
        await this.store.followUp(caseId, Date.now());
        crashPoint('follow_up.after_commit');
        done += 1;
      } catch (error) {
        this.troubled.add(caseId);
        trouble = { error };
      }
    if (trouble && !done) throw trouble.error;
    return done;
  }
}
