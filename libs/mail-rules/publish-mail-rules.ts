import type { DataSource } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { MailPolicyVersionRow } from '#libs/database/entities/mail-policy-version.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { validateMailPolicy } from '#libs/domain/mail/validate-mail-policy.js';
import { acting } from '#libs/people/acting.js';
import { NotTheirs } from '#libs/people/refused.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { lastMailRules } from './mail-rule-versions.js';
import { reschedule } from './reschedule.js';

const THEIRS =
  'Only the coordinator lead and administrators change calendars, the policy and the rules of mail. Ask one of them.';

export const LONGEST_REASON = 2_000;

export interface MailRulesDraft {
  /** Number of the version that it was made from. */
  basedOn: number;
  policy: unknown;
  reason: string;
}

export interface Published {
  version: number;
  /** How many mails that wait go at another time now. */
  moved: number;
}

/**
 * Publishes a version of the rules of mail. It applies at once, also to what waits in the ledger.
 * @throws NotPublishable naming the fields · StaleDraft when another version came meanwhile · NotTheirs
 */
export function publishMailRules(
  dataSource: DataSource,
  authorId: string,
  { basedOn, policy, reason }: MailRulesDraft,
): Promise<Published> {
  return acting(dataSource, authorId, async ({ manager, actor, now }) => {
    if (!can(actor, 'publish-rules')) throw new NotTheirs(THEIRS);
    const last = await lastMailRules(manager);
    if (basedOn !== last) throw new StaleDraft(last);
    const said = reason.trim();
    const problems = [
      ...validateMailPolicy(policy),
      ...(said && said.length <= LONGEST_REASON
        ? []
        : [{ field: 'reason', message: `must say why, in 1 to ${LONGEST_REASON} characters` }]),
    ];
    if (problems.length) throw new NotPublishable(problems);
    const version = last + 1;
    const rules = policy as MailPolicy;
    const row = { version, policy: rules, reason: said, publishedBy: authorId, publishedAt: now };
    await manager.insert(MailPolicyVersionRow, row);
    const moved = await reschedule(manager, rules);
    await recordAdminEvent(manager, {
      actorId: authorId,
      action: 'mail_rules_published',
      subjectKind: 'mail_rules',
      subjectId: null,
      body: { version, basedOn, reason: said, moved },
    });
    return { version, moved };
  });
}
