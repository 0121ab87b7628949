import type { DataSource } from 'typeorm';

interface MarkedCase {
  id: string;
  mark: string;
}
interface WaitingCommand {
  id: string;
  case_id: string;
  received_at: Date;
}

/** What a publication has left to do on open cases: to look at their clocks again, or to go by another policy. */
export class RuleChanges {
  /** What could not be handed on in this round; it is tried again in the next, so that it holds up nobody else. */
  private readonly troubled = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Lets each marked case look at its clocks again. The mark goes when it has; one that was set meanwhile stays.
   * @returns how many were handed on
   * @throws the last error when none could be
   */
  async relayMarks(tick: (caseId: string, tickId: string) => Promise<unknown>, limit = 20): Promise<number> {
    const rows = await this.dataSource.query<MarkedCase[]>(
      `SELECT id, rules_changed_at::text AS mark FROM assistance_case
       WHERE rules_changed_at IS NOT NULL AND id <> ALL ($2::uuid[]) ORDER BY rules_changed_at, id LIMIT $1`,
      [limit, [...this.troubled]],
    );
    return this.each(rows, async ({ id, mark }) => {
      await tick(id, `rules-${mark}`);
      await this.dataSource.query(
        'UPDATE assistance_case SET rules_changed_at = NULL WHERE id = $1 AND rules_changed_at::text = $2',
        [id, mark],
      );
    });
  }

  /**
   * Hands over each waiting `apply-policy`. `send` returns false when the case refuses it: then it is forgotten.
   * @returns how many were handed on
   * @throws the last error when none could be
   */
  async relayApplications(
    send: (caseId: string, command: { commandId: string; updateId: string }) => Promise<boolean>,
    limit = 20,
  ): Promise<number> {
    const rows = await this.dataSource.query<WaitingCommand[]>(
      `SELECT id, case_id, received_at FROM command
       WHERE verb = 'apply-policy' AND applied_at IS NULL AND id <> ALL ($2::uuid[]) ORDER BY received_at, id LIMIT $1`,
      [limit, [...this.troubled]],
    );
    return this.each(rows, async ({ id, case_id, received_at }) => {
      const accepted = await send(case_id, { commandId: id, updateId: `${id}@${received_at.getTime()}` });
      if (!accepted) await this.dataSource.query('DELETE FROM command WHERE id = $1 AND applied_at IS NULL', [id]);
    });
  }

  /** How many cases still have to look at their clocks, and how many still go by the policy that they had. */
  async waiting(): Promise<{ marks: number; applications: number }> {
    const [row] = await this.dataSource.query<{ marks: number; applications: number }[]>(
      `SELECT (SELECT count(*)::int FROM assistance_case WHERE rules_changed_at IS NOT NULL) AS marks,
        (SELECT count(*)::int FROM command WHERE verb = 'apply-policy' AND applied_at IS NULL) AS applications`,
    );
    return row ?? { marks: 0, applications: 0 };
  }

  /** A round is over when nothing is left but what failed in it. */
  private async each<Row extends { id: string }>(
    rows: readonly Row[],
    hand: (row: Row) => Promise<void>,
  ): Promise<number> {
    if (!rows.length) this.troubled.clear();
    let handed = 0;
    let trouble: { error: unknown } | undefined;
    for (const row of rows) {
      try {
        await hand(row);
        handed += 1;
      } catch (error) {
        this.troubled.add(row.id);
        trouble = { error };
      }
    }
    if (trouble && !handed) throw trouble.error;
    return handed;
  }
}
