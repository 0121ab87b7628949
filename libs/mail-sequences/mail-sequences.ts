import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import type { Config } from '#libs/config/config.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { remindOfIdleDrafts } from './idle-drafts.js';
import { askToRenewOffers } from './offer-renewals.js';

/** Two looks at once would both find that nobody has been reminded. */
const LOOK_LOCK = 48_731;

/** Reminders of what hangs on no case: drafts that rest, offers that end. Safe to repeat, at any time. */
export class MailSequences {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Pick<Config, 'mailFrom' | 'secretsKey'>,
  ) {}

  /** Queues what the rules of mail call for at the deployment's now, or at an instant (epoch ms). Returns how many reminders that are. */
  run(at?: number): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [LOOK_LOCK]);
      const policy = await currentMailPolicy(manager);
      const look = { manager, policy, now: at ?? (await productNow(manager)), settings: this.settings };
      return (await remindOfIdleDrafts(look)) + (await askToRenewOffers(look));
    });
  }
}
