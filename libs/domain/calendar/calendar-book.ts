import { followedBy } from './calendar.js';
import type { CalendarHistory } from './calendar.js';
import { GENEVA } from './geneva.js';
import { UN_GENEVA } from './un-geneva.js';

/** Every calendar by its id, with all its versions. */
export type CalendarBook = ReadonlyMap<string, CalendarHistory>;

/** As a clock names its calendar: that of the State that asks. */
export const REQUESTING_STATE = 'requesting_state';

/** Id of a State's own calendar, from its alpha-3 code. */
export const stateCalendarId = (code: string): string => `state-${code.toLowerCase()}`;

const delivered = (calendar: typeof GENEVA): [string, CalendarHistory] => [
  calendar.id,
  [{ from: -Infinity, calendar }],
];

/** The calendars that the program brings, each in its first version. */
export const DELIVERED_CALENDARS: CalendarBook = new Map([delivered(GENEVA), delivered(UN_GENEVA)]);

/**
 * The calendar of a clock over time. A State that has none of its own goes by Geneva's, and by its own from when it gets
 * one: time that has been counted stays counted (sla.md 2.6). @throws RangeError for an id that there is not
 */
export function historyOf(book: CalendarBook, id: string, requestingState: string): CalendarHistory {
  if (id !== REQUESTING_STATE) return historyById(book, id);
  const own = book.get(stateCalendarId(requestingState));
  const [first] = own ?? [];
  const geneva = historyById(book, GENEVA.id);
  return own && first ? followedBy(geneva, first.from, own) : geneva;
}

function historyById(book: CalendarBook, id: string): CalendarHistory {
  const history = book.get(id);
  if (!history) throw new RangeError(`there is no calendar ${id}`);
  return history;
}
