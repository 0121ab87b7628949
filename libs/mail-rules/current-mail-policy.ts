import type { EntityManager } from 'typeorm';
import { MailPolicyVersionRow } from '#libs/database/entities/mail-policy-version.entity.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';

/** The rules that mails go by now: the newest version, or those that the program comes with. */
export async function currentMailPolicy(manager: EntityManager): Promise<MailPolicy> {
  const [newest] = await manager.find(MailPolicyVersionRow, { order: { version: 'DESC' }, take: 1 });
  return newest?.policy ?? DELIVERED_MAIL_POLICY;
}
