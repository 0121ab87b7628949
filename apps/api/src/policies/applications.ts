import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import { readRules } from '#libs/case-store/case-rules.js';
import { readLog, toLogged } from '#libs/case-store/event-log.js';
import { productNow } from '#libs/case-store/product-time.js';
import { State } from '#libs/database/entities/state.entity.js';
import { DELIVERED_VERSION } from '#libs/domain/case/policy-book.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { previewApplication } from '#libs/rule-book/application-preview.js';
import type { DeadlineChange } from '#libs/rule-book/application-preview.js';
import { applyPolicyTo } from '#libs/rule-book/apply-policy.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { OPEN } from './policy-shelf.js';

/** An open case that goes by another version, with what the one in question would change about it. */
export interface Candidate {
  reference: string;
  stateName: string;
  stage: string;
  version: number;
  changes: DeadlineChange[];
}

interface CandidateRow {
  id: string;
  reference: string;
  stage: string;
  state_code: string;
  version: number;
}

/** Each candidate's log is read: no more than this on one page. */
const PAGE = 50;

/** Open cases and the version that they might go by: what would change, and the step itself. */
@Injectable()
export class Applications {
  constructor(
    private readonly dataSource: DataSource,
    private readonly desk: CommandDesk,
  ) {}

  /** Cases that go by another version, by reference, after one of them; `next` when there are more. */
  async candidates(
    version: number,
    { stage = '', after = '', only }: Choice,
  ): Promise<{ items: Candidate[]; next: string | null; total: number }> {
    const { manager } = this.dataSource;
    const where = `${OPEN} AND coalesce((state->>'policyVersion')::int, ${DELIVERED_VERSION}) <> $1
      AND ($2 = '' OR stage = $2) AND ($3::text[] IS NULL OR reference = ANY($3))`;
    const values = [version, stage, only ?? null];
    const [rows, [count]] = await Promise.all([
      manager.query<CandidateRow[]>(
        `SELECT id, reference, stage, requesting_state AS state_code,
           coalesce((state->>'policyVersion')::int, ${DELIVERED_VERSION}) AS version
         FROM assistance_case WHERE ${where} AND reference > $4 ORDER BY reference LIMIT ${PAGE + 1}`,
        [...values, after],
      ),
      manager.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM assistance_case WHERE ${where}`, values),
    ]);
    const shown = rows.slice(0, PAGE);
    const names = await manager.find(State, {
      select: { code: true, name: true },
      where: { code: In(shown.map(({ state_code }) => state_code)) },
    });
    const rules = await readRules(manager);
    const now = await productNow(manager);
    const items: Candidate[] = [];
    for (const row of shown) {
      const log = (await readLog(manager, row.id)).map(toLogged);
      items.push({
        reference: row.reference,
        stateName: names.find(({ code }) => code === row.state_code)?.name ?? row.state_code,
        stage: row.stage,
        version: row.version,
        changes: previewApplication(log, rules, version, now),
      });
    }
    return { items, next: rows.length > PAGE ? (shown.at(-1)?.reference ?? null) : null, total: count?.n ?? 0 };
  }

  /** Takes the step in for each case that is chosen; returns for how many. The same key is taken in once. */
  apply(version: number, cases: readonly string[], reason: string, key: string, me: SignedIn): Promise<number> {
    return applyPolicyTo(this.dataSource, this.desk, { version, cases, reason, authorId: me.person.id, key });
  }

  /** How many cases still wait for a step that was taken in. */
  async waiting(): Promise<number> {
    return (await new RuleChanges(this.dataSource).waiting()).applications;
  }
}

interface Choice {
  stage?: string;
  /** Reference of the last one on the page before. */
  after?: string;
  only?: readonly string[];
}
