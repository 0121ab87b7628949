import type { EntityManager } from 'typeorm';
import { CalendarVersionRow } from '#libs/database/entities/calendar-version.entity.js';
import { REQUESTING_STATE } from '#libs/domain/calendar/calendar-book.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { UN_GENEVA } from '#libs/domain/calendar/un-geneva.js';

/** What the calendars are called that the program brings. */
export const DELIVERED_TITLES: Record<string, string> = { [GENEVA.id]: 'Geneva canton', [UN_GENEVA.id]: 'UN Geneva' };

/** What a clock's calendar is called that each case chooses. */
export const CHOSEN_TITLES: Record<string, string> = { [REQUESTING_STATE]: 'Calendar of the State that asks' };

/** What every calendar is called, by its id, as it was named last. */
export async function calendarTitles(manager: EntityManager): Promise<Map<string, string>> {
  const rows = await manager.find(CalendarVersionRow, {
    select: { calendarId: true, version: true, title: true },
    order: { version: 'ASC' },
  });
  return new Map([
    ...Object.entries(DELIVERED_TITLES),
    ...rows.map(({ calendarId, title }): [string, string] => [calendarId, title]),
  ]);
}
