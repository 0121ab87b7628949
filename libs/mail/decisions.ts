import type { DataSource, EntityManager } from 'typeorm';
import { clockOffsetMs } from '#libs/case-store/product-time.js';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { StandsInTheWay, Stale, Unknown } from '#libs/people/refused.js';
import { whyNotAgain } from './sent-again.js';

/** What somebody decides on a mail of which nobody knows whether it arrived, or that did not. */
export type MailDecision = 'sent_again' | 'left';

export interface Decided {
  mailId: string;
  what: MailDecision;
  /** Null: at the command line. */
  personId: string | null;
  reason: string;
  /** How many decisions there were when it was read; whatever there are now, when left out. */
  basedOn?: number | undefined;
}

export const OPEN_TO_DECISION: readonly Mail['state'][] = ['unknown', 'failed', 'bounced'];

const NOTHING_TO_DECIDE = 'This mail waits for nobody’s decision.';
const DECIDED_BY =
  'Somebody has decided on this mail meanwhile: {name}. Nothing is changed; look at what became of it.';

/** Empties the queue of mails that did not arrive for certain. Each is decided on once: of two people one decides. */
export class MailDecisions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Sends a mail once more under its own Message-ID, or leaves it as it is, and keeps who decided that and why. The same
   * decision by the same person again changes nothing.
   * @throws Unknown · StandsInTheWay: somebody else has decided, or it cannot be sent again · Stale
   */
  decide(decided: Decided): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const row = await manager.findOne(Mail, {
        where: { id: decided.mailId },
        lock: { mode: 'for_no_key_update' },
      });
      if (!row) throw new Unknown();
      if (await this.isDone(manager, row, decided)) return;
      if (decided.what === 'sent_again') await this.sendAgain(manager, row);
      else await manager.update(Mail, row.id, { leftAt: await now(manager) });
      await manager.insert(MailEvent, {
        mailId: row.id,
        at: await now(manager),
        happening: decided.what,
        attempt: null,
        detail: decided.reason,
        personId: decided.personId,
      });
    });
  }

  /** Whether there is nothing left to do: it was decided so already, by the same person. */
  private async isDone(manager: EntityManager, row: Mail, { what, personId, basedOn }: Decided): Promise<boolean> {
    const made = await decisionsOn(manager, row.id);
    const last = made.at(-1);
    const isSame = last?.happening === what && last.personId === personId;
    const wasSeen = basedOn === undefined || basedOn === made.length;
    const isOpen = OPEN_TO_DECISION.includes(row.state);
    if (isSame && (!isOpen || !wasSeen || what === 'left')) return true;
    if (last && (!wasSeen || !isOpen)) throw new StandsInTheWay('decided-meanwhile', DECIDED_BY, { name: last.name });
    if (!isOpen) throw new StandsInTheWay('nothing-to-decide', NOTHING_TO_DECIDE);
    if (!wasSeen) throw new Stale();
    return false;
  }

  /** At most once more, whatever it was: a person looks at it again when nobody knows what became of it. */
  private async sendAgain(manager: EntityManager, row: Mail): Promise<void> {
    const why = await whyNotAgain(manager, row);
    if (why) throw new StandsInTheWay('not-sent-again', why);
    await manager.update(Mail, row.id, {
      state: 'due',
      delivery: 'reminder',
      heldFor: null,
      sendAfter: await now(manager),
      claimedAt: null,
      bouncedAt: null,
      followedUpAt: null,
      leftAt: null,
    });
  }
}

const now = async (manager: EntityManager): Promise<Date> => new Date(Date.now() + (await clockOffsetMs(manager)));

interface Made {
  happening: string;
  personId: string | null;
  name: string;
}

const decisionsOn = (manager: EntityManager, mailId: string): Promise<Made[]> =>
  manager.query(
    `SELECT e.happening, e.person_id AS "personId", coalesce(p.name, 'action48') AS name
     FROM mail_event e LEFT JOIN person p ON p.id = e.person_id
     WHERE e.mail_id = $1 AND e.happening IN ('sent_again', 'left') ORDER BY e.id`,
    [mailId],
  );
