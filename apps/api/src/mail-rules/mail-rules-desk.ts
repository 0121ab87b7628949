import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { validateMailPolicy } from '#libs/domain/mail/validate-mail-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { mailRuleVersions } from '#libs/mail-rules/mail-rule-versions.js';
import type { MailRulesVersion } from '#libs/mail-rules/mail-rule-versions.js';
import { previewMailRules } from '#libs/mail-rules/preview-mail-rules.js';
import type { MailRulesPreview } from '#libs/mail-rules/preview-mail-rules.js';
import { publishMailRules } from '#libs/mail-rules/publish-mail-rules.js';
import type { MailRulesDraft, Published } from '#libs/mail-rules/publish-mail-rules.js';
import { NotPublishable } from '#libs/rule-book/publication.js';

/** The rules of mail for both doors: read, looked ahead, published. */
@Injectable()
export class MailRulesDesk {
  constructor(private readonly dataSource: DataSource) {}

  /** Every version, newest first. */
  versions(): Promise<MailRulesVersion[]> {
    return mailRuleVersions(this.dataSource.manager);
  }

  /** The version, and the one before it; null when there is no such version. */
  async version(number: number): Promise<{ version: MailRulesVersion; before: MailRulesVersion | null } | null> {
    const all = await this.versions();
    const at = all.findIndex(({ version }) => version === number);
    const version = all[at];
    return version ? { version, before: all[at + 1] ?? null } : null;
  }

  async inForce(): Promise<MailRulesVersion> {
    const [newest] = await this.versions();
    if (!newest) throw new Error('the program brings a first version');
    return newest;
  }

  /** @throws NotPublishable naming the fields */
  preview(policy: unknown): Promise<MailRulesPreview> {
    const problems = validateMailPolicy(policy);
    if (problems.length) return Promise.reject(new NotPublishable(problems));
    return previewMailRules(this.dataSource.manager, policy as MailPolicy);
  }

  /** @throws NotPublishable · StaleDraft · NotTheirs */
  publish(me: SignedIn, draft: MailRulesDraft): Promise<Published> {
    return publishMailRules(this.dataSource, me.person.id, draft);
  }

  /** The deployment's now (epoch ms). */
  now(): Promise<number> {
    return productNow(this.dataSource.manager);
  }
}
