import type { DataSource } from 'typeorm';
import { lockRules, readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { PolicyVersionRow } from '#libs/database/entities/policy-version.entity.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { withLaterClocks } from '#libs/domain/case/delivered-policy.js';
import { validatePolicy } from '#libs/domain/case/validate-policy.js';
import type { Publication } from './publication.js';
import { NotPublishable, startOf, StaleDraft } from './publication.js';

export interface PolicyDraft extends Publication {
  clocks: ClockPolicy[];
}

/**
 * Publishes a version of the policy: requests submitted from `from` on run on it, open cases keep theirs until it is
 * applied to them (sla.md 2.5). Returns its number.
 * @throws NotPublishable naming the fields · StaleDraft when another version came meanwhile
 */
export function publishPolicy(dataSource: DataSource, draft: PolicyDraft): Promise<number> {
  return dataSource.transaction(async (manager) => {
    await lockRules(manager);
    const { policies, calendars } = await readRules(manager);
    const last = policies.at(-1)?.version ?? 0;
    if (draft.basedOn !== last) throw new StaleDraft(last);
    const now = await productNow(manager);
    const problems = validatePolicy(draft.clocks, calendars);
    if (problems.length) throw new NotPublishable(problems);
    const version = last + 1;
    const effectiveFrom = startOf(draft, now, policies.at(-1)?.from ?? now);
    const { reason, authorId } = draft;
    const clocks = withLaterClocks(draft.clocks);
    await manager.insert(PolicyVersionRow, {
      version,
      effectiveFrom,
      recordedAt: new Date(now),
      authorId,
      reason,
      clocks: clocks as never,
    });
    return version;
  });
}
