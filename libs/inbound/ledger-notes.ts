import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import type { MailHappening } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { Classified } from './classify.js';

/** The mail is just being sent: what its sending comes to is not noted yet. */
export class StillSending extends Error {
  override name = 'StillSending';
}

const LONGEST_DETAIL = 500;

/**
 * What a report means for the mail that it is about. One that will not arrive is `bounced`, and what follows from that is for
 * whoever looks for such rows; one that is only late keeps its state. @throws StillSending: try again
 */
export async function noteOnLedger(manager: EntityManager, row: Mail, what: Classified): Promise<void> {
  if (what.kind === 'automatic') return note(manager, row, 'auto_reply', what.sign);
  if (what.kind !== 'bounce' || what.verdict === 'arrived') return;
  if (row.state === 'sending') throw new StillSending('the mail that it reports on is being sent; try again');
  const detail = what.detail.slice(0, LONGEST_DETAIL);
  if (what.verdict === 'failed')
    await manager.update(
      Mail,
      { id: row.id, state: In(['sent', 'unknown']) },
      { state: 'bounced', bouncedAt: new Date(), response: detail },
    );
  await note(manager, row, 'bounced', what.verdict === 'failed' ? detail : `delayed: ${detail}`);
}

async function note(manager: EntityManager, { id }: Mail, happening: MailHappening, detail: string): Promise<void> {
  await manager.insert(MailEvent, { mailId: id, at: new Date(), happening, attempt: null, detail, personId: null });
}
