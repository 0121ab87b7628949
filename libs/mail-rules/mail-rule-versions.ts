import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { MailPolicyVersionRow } from '#libs/database/entities/mail-policy-version.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';

/** The version that the program brings; what is published comes after it. */
export const DELIVERED_MAIL_RULES = 1;

/** One version of the rules of mail, with where it comes from. */
export interface MailRulesVersion {
  version: number;
  policy: MailPolicy;
  /** Null for the one that the program brings, as are the two below. */
  reason: string | null;
  /** ISO 8601 UTC. */
  publishedAt: string | null;
  author: { id: string; name: string } | null;
  /** The one that mails go by now. */
  inForce: boolean;
}

/** Every version, newest first. */
export async function mailRuleVersions(manager: EntityManager): Promise<MailRulesVersion[]> {
  const rows = await manager.find(MailPolicyVersionRow, { order: { version: 'DESC' } });
  const people = await manager.find(Person, {
    select: { id: true, name: true },
    where: { id: In(rows.flatMap(({ publishedBy }) => publishedBy ?? [])) },
  });
  const published = rows.map(({ version, policy, reason, publishedBy, publishedAt }) => {
    const author = people.find(({ id }) => id === publishedBy);
    return {
      ...{ version, policy, reason, publishedAt: publishedAt.toISOString() },
      author: author ? { id: author.id, name: author.name } : null,
    };
  });
  const delivered = {
    ...{ version: DELIVERED_MAIL_RULES, policy: DELIVERED_MAIL_POLICY },
    ...{ reason: null, publishedAt: null, author: null },
  };
  const isThere = published.some(({ version }) => version === DELIVERED_MAIL_RULES);
  const all = isThere ? published : [...published, delivered];
  return all.map((one, index) => ({ ...one, inForce: index === 0 }));
}

/** Number of the newest version. */
export async function lastMailRules(manager: EntityManager): Promise<number> {
  const [newest] = await manager.find(MailPolicyVersionRow, {
    select: { version: true },
    order: { version: 'DESC' },
    take: 1,
  });
  return newest?.version ?? DELIVERED_MAIL_RULES;
}
