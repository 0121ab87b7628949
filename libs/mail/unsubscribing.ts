import { LessThan } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { MailUnsubscribe } from '#libs/database/entities/mail-unsubscribe.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { hashOf, newToken } from '#libs/identity/tokens.js';
import { rescheduleMail } from './reschedule.js';

const TOKEN = /^[\w-]{43}$/;
/** Mail programs offer the button of old mails, too. */
const GOOD_FOR_DAYS = 365;

/** Where a digest is turned off by a click, also by that of a mail program. */
export const unsubscribePath = (token: string): string => `/unsubscribe/${token}`;

/** A token by which this person stops digests, and nothing else; forgets those that are too old to be good. */
export async function newUnsubscribeToken(manager: EntityManager, personId: string): Promise<string> {
  const token = newToken();
  const madeAt = new Date();
  await manager.delete(MailUnsubscribe, {
    personId,
    madeAt: LessThan(new Date(madeAt.getTime() - GOOD_FOR_DAYS * DAY_MS)),
  });
  await manager.insert(MailUnsubscribe, { tokenHash: hashOf(token), personId, madeAt });
  return token;
}

/** Stops digests by the address that came in one: whoever has the mail may, signed in or not. */
export class Unsubscribing {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether a token stops anybody's digests, and whether they are stopped already; null for one that nobody was given. */
  async standing(token: string): Promise<{ stopped: boolean } | null> {
    const person = await this.personOf(this.dataSource.manager, token);
    return person && { stopped: person.mailRhythm === 'off' };
  }

  /** Again: no effect. False for a token that nobody was given. */
  stop(token: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const person = await this.personOf(manager, token);
      if (!person) return false;
      await manager.update(MailUnsubscribe, { tokenHash: hashOf(token) }, { usedAt: new Date() });
      await manager.update(Person, person.id, { mailRhythm: 'off' });
      await rescheduleMail(manager, { ...person, mailRhythm: 'off' });
      return true;
    });
  }

  private async personOf(manager: EntityManager, token: string): Promise<Person | null> {
    const known = TOKEN.test(token) && (await manager.findOneBy(MailUnsubscribe, { tokenHash: hashOf(token) }));
    if (!known || known.madeAt.getTime() < Date.now() - GOOD_FOR_DAYS * DAY_MS) return null;
    return manager.findOneBy(Person, { id: known.personId, active: true });
  }
}
