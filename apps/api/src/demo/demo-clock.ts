import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { advanceClock, productNow } from '#libs/case-store/product-time.js';
import { Config } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MailSequences } from '#libs/mail-sequences/mail-sequences.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { CaseNotRunning } from '#libs/temporal/update-errors.js';

const AT_ONCE = 8;

/** The clock of a trial deployment: it can be moved forward, and then every open case looks at what has fallen due. */
@Injectable()
export class DemoClock {
  constructor(
    private readonly dataSource: DataSource,
    private readonly client: CaseClient,
    private readonly config: Config,
  ) {}

  now(): Promise<number> {
    return productNow(this.dataSource.manager);
  }

  /** Moves the clock by `byMs` and waits until every open case has noticed. */
  async advance(byMs: number): Promise<{ now: number; cases: number }> {
    const offset = await advanceClock(this.dataSource.manager, byMs);
    const rows = await this.dataSource.manager.find(AssistanceCase, { select: { id: true }, where: { ended: false } });
    const waiting = rows.map(({ id }) => id);
    const ring = async () => {
      for (let id = waiting.pop(); id; id = waiting.pop()) await this.ring(id, `clock-${offset}`);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ring));
    // What hangs on no case is looked at every hour; nobody waits for that here.
    await new MailSequences(this.dataSource, this.config).run();
    return { now: await this.now(), cases: rows.length };
  }

  /** A case whose workflow has not started yet looks at the clock when it starts. */
  private async ring(caseId: string, tickId: string): Promise<void> {
    await this.client.tick(caseId, tickId).catch((error: unknown) => {
      if (!(error instanceof CaseNotRunning)) throw error;
    });
  }
}
