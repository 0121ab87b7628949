import { In } from 'typeorm';
import type { DataSource } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { CalendarVersionRow } from '#libs/database/entities/calendar-version.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { DELIVERED_CALENDARS, REQUESTING_STATE } from '#libs/domain/calendar/calendar-book.js';
import { calendarAt } from '#libs/domain/calendar/calendar.js';
import type { CalendarHistory, WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { clocksOf, versionInForce } from '#libs/domain/case/policy-book.js';
import { DELIVERED_TITLES } from './calendar-titles.js';

/** A version and how it came to be; what the program brings has no author and no beginning. */
export interface ShelfVersion {
  version: number;
  title: string;
  from: Date | null;
  recordedAt: Date | null;
  author: string | null;
  reason: string | null;
  calendar: WorkingCalendar;
}

/** A calendar with all its versions, oldest first. */
export interface ShelfCalendar {
  id: string;
  title: string;
  inForce: WorkingCalendar;
  versions: ShelfVersion[];
}

/** Every calendar as people look at it. */
export class CalendarShelf {
  constructor(private readonly dataSource: DataSource) {}

  now = (): Promise<number> => productNow(this.dataSource.manager);

  async all(): Promise<ShelfCalendar[]> {
    const { manager } = this.dataSource;
    const [{ calendars }, now] = await Promise.all([readRules(manager), this.now()]);
    const rows = await manager.find(CalendarVersionRow, { order: { calendarId: 'ASC', version: 'ASC' } });
    const people = await manager.find(Person, {
      select: { id: true, name: true },
      where: { id: In([...new Set(rows.map(({ authorId }) => authorId))]) },
    });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return [...calendars].map(([id, history]) => {
      const published = rows.filter(({ calendarId }) => calendarId === id);
      return shelved(id, history, published, names, now);
    });
  }

  async find(id: string): Promise<ShelfCalendar | null> {
    return (await this.all()).find((one) => one.id === id) ?? null;
  }

  /** Titles of the clocks that go by a calendar in the policy now in force, and of those that do so for want of another. */
  async clocksOf(id: string): Promise<{ always: string[]; ofState: string[] }> {
    const { policies } = await readRules(this.dataSource.manager);
    const clocks = clocksOf(policies, versionInForce(policies, await this.now()));
    const titles = (calendar: string) => clocks.filter((one) => one.calendar === calendar).map(({ title }) => title);
    const forStates = id === GENEVA.id || id.startsWith('state-');
    return { always: titles(id), ofState: forStates ? titles(REQUESTING_STATE) : [] };
  }
}

function shelved(
  id: string,
  history: CalendarHistory,
  rows: readonly CalendarVersionRow[],
  names: ReadonlyMap<string, string>,
  now: number,
): ShelfCalendar {
  const delivered = (DELIVERED_CALENDARS.get(id) ?? []).map(({ calendar }) => ({
    version: calendar.version,
    title: DELIVERED_TITLES[id] ?? id,
    from: null,
    recordedAt: null,
    author: null,
    reason: null,
    calendar,
  }));
  const published = rows.map(({ version, title, effectiveFrom, recordedAt, authorId, reason, calendar }) => ({
    version,
    title,
    from: effectiveFrom,
    recordedAt,
    author: names.get(authorId) ?? null,
    reason,
    calendar,
  }));
  const versions = [...delivered, ...published];
  const inForce = calendarAt(history, now);
  const title = versions.find(({ version }) => version === inForce.version)?.title ?? id;
  return { id, title, inForce, versions };
}
