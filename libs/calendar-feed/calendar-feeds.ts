import type { DataSource } from 'typeorm';
import { CalendarFeed } from '#libs/database/entities/calendar-feed.entity.js';
import { LAST_USE_MS } from '#libs/identity/last-use.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { hashOf, newToken } from '#libs/identity/tokens.js';
import { identityOf, withPerson } from '#libs/identity/whose.js';
import type { Whose } from '#libs/identity/whose.js';

/** Whose calendar asks, with their roles of this moment. */
export type FeedReader = Pick<SignedIn, 'person' | 'organisation' | 'actor'>;

/** Secret addresses at which people's calendars read their deadlines: one a person, good for reading that alone. */
export class CalendarFeeds {
  constructor(private readonly dataSource: DataSource) {}

  /** Makes an address; whichever there was before is worth nothing from then on. The token is never shown again. */
  async make(personId: string): Promise<string> {
    const token = newToken();
    const row = { personId, tokenHash: hashOf(token), createdAt: new Date(), lastUsedAt: null };
    await this.dataSource.manager.upsert(CalendarFeed, row, ['personId']);
    return token;
  }

  async revoke(personId: string): Promise<void> {
    await this.dataSource.manager.delete(CalendarFeed, { personId });
  }

  /** What is known of somebody's address; null when they have none. */
  standing(personId: string): Promise<Pick<CalendarFeed, 'createdAt' | 'lastUsedAt'> | null> {
    return this.dataSource.manager.findOneBy(CalendarFeed, { personId });
  }

  /** Null when it is unknown, revoked, or its person no longer active. */
  async find(token: string): Promise<FeedReader | null> {
    const { manager } = this.dataSource;
    const row = (await withPerson(manager, CalendarFeed)
      .where('row.tokenHash = :hash', { hash: hashOf(token) })
      .getOne()) as Whose<CalendarFeed> | null;
    if (!row) return null;
    const now = new Date();
    if (now.getTime() - (row.lastUsedAt?.getTime() ?? 0) > LAST_USE_MS)
      await manager.update(CalendarFeed, { personId: row.personId }, { lastUsedAt: now });
    return identityOf(manager, row.person);
  }
}
