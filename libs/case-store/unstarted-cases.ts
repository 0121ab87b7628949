import type { DataSource } from 'typeorm';

/** Cases whose workflow has not been started yet: an opening needs only PostgreSQL, the start may come later. */
export class UnstartedCases {
  constructor(private readonly dataSource: DataSource) {}

  async markStarted(caseId: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE assistance_case SET workflow_started_at = now() WHERE id = $1 AND workflow_started_at IS NULL',
      [caseId],
    );
  }

  /**
   * Hands each unstarted case to `start` and marks it when that succeeds. Nothing is locked meanwhile: a start takes as
   * long as Temporal does, and its first step changes the case. Two relays may start the same one, which is one start.
   * @returns how many were started
   */
  async relay(start: (caseId: string, version: number) => Promise<void>, limit = 20): Promise<number> {
    const rows = await this.dataSource.query<{ id: string; version: number }[]>(
      'SELECT id, version FROM assistance_case WHERE workflow_started_at IS NULL ORDER BY opened_at LIMIT $1',
      [limit],
    );
    for (const { id, version } of rows) {
      await start(id, version);
      await this.markStarted(id);
    }
    return rows.length;
  }
}
