import type { Logger, QueryRunner } from 'typeorm';

const WRITES = /^\s*(INSERT|UPDATE|DELETE)\b/i;
const nothing = (): void => undefined;

/** Counts what PostgreSQL is asked to commit: transactions, and writes outside of one. */
export class CommitCount implements Logger {
  commits = 0;

  logQuery(query: string, _parameters?: unknown[], queryRunner?: QueryRunner): void {
    if (query === 'COMMIT') this.commits += 1;
    else if (WRITES.test(query) && !queryRunner?.isTransactionActive) this.commits += 1;
  }

  /** How many commits something takes. */
  async during(act: () => Promise<unknown>): Promise<number> {
    const before = this.commits;
    await act();
    return this.commits - before;
  }

  logQueryError = nothing;
  logQuerySlow = nothing;
  logSchemaBuild = nothing;
  logMigration = nothing;
  log = nothing;
}
