import ICAL from 'ical.js';
import { civilDay, plusDays } from '#libs/domain/calendar/civil.js';
import { MOST_DAYS } from './imported-days.js';
import type { ProposedDay, Years } from './imported-days.js';

/** The file cannot be taken in; `reason` is an English sentence for people, `detail` what the reader of files says. */
export class UnreadableCalendar extends Error {
  override name = 'UnreadableCalendar';

  constructor(
    readonly reason: string,
    readonly detail = '',
  ) {
    super(detail ? `${reason} (${detail})` : reason);
  }
}

export interface ImportedDays {
  days: ProposedDay[];
  /** Events with a time of day, which are no holidays. */
  timed: number;
  /** Days outside the years that were asked for. */
  outside: number;
}

export const NO_CALENDAR = 'This is no calendar that can be read. Export it again as iCalendar (.ics).';
export const NO_EVENTS = 'There is no event in this calendar.';
export const TOO_MANY = 'There are more than 900 days in it. Ask for fewer years.';
const MOST_STEPS = 20_000;

/**
 * The holidays of an iCalendar file: whole-day events, several-day ones with each day, yearly ones as `MM-DD`, others
 * that recur on each day within the years. @throws UnreadableCalendar
 */
export function importCalendar(text: string, years: Years, known: ReadonlySet<string>): ImportedDays {
  try {
    return readDays(text, years, known);
  } catch (error) {
    if (error instanceof UnreadableCalendar) throw error;
    // The reader of files throws plain errors, some of them only when a value is looked at.
    throw new UnreadableCalendar(NO_CALENDAR, text.trim() ? String((error as Error).message).slice(0, 200) : '');
  }
}

function readDays(text: string, years: Years, known: ReadonlySet<string>): ImportedDays {
  const found = new Map<string, string>();
  const result = { timed: 0, outside: 0 };
  for (const event of eventsOf(text)) {
    if (event.component.getFirstPropertyValue('status') === 'CANCELLED') continue;
    if (!event.startDate.isDate) result.timed += 1;
    else
      for (const date of daysOf(event, years)) {
        if (date.length === 10 && !within(date, years)) result.outside += 1;
        else if (!found.has(date)) found.set(date, event.summary?.trim() ?? '');
      }
  }
  if (found.size > MOST_DAYS) throw new UnreadableCalendar(TOO_MANY);
  const days = [...found].sort(([one], [other]) => one.localeCompare(other));
  return { ...result, days: days.map(([date, name]) => ({ date, name: name.slice(0, 100), known: known.has(date) })) };
}

function eventsOf(text: string): ICAL.Event[] {
  const calendar = parse(text.replace(/^\uFEFF/, ''));
  const events = calendar
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))
    .filter((event) => !event.isRecurrenceException());
  if (!events.length) throw new UnreadableCalendar(NO_EVENTS);
  const undated = events.find(({ startDate }) => !isDay(startDate));
  if (undated) throw new UnreadableCalendar(NO_CALENDAR, `DTSTART: ${undated.summary ?? ''}`);
  return events;
}

function parse(text: string): ICAL.Component {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  if (calendar.name !== 'vcalendar') throw new UnreadableCalendar(NO_CALENDAR);
  return calendar;
}

/** A reader of files may find no start, or one on a day that there is not. */
const isDay = (time: ICAL.Time | null): boolean => time !== null && /^\d{4}-\d\d-\d\d/.test(time.toString());

function daysOf(event: ICAL.Event, years: Years): string[] {
  const first = event.startDate.toString().slice(0, 10);
  const length = daysLong(event.startDate, event.endDate);
  if (!event.isRecurring()) return spread(first, length, years);
  if (recursEveryYear(event)) return spread(first, length, years).map((date) => date.slice(5));
  const days: string[] = [];
  const iterator = event.iterator();
  for (let step = 0; ; step += 1) {
    const next = iterator.next();
    if (!next || next.year > years.to) return days;
    if (step > MOST_STEPS) throw new UnreadableCalendar(TOO_MANY);
    if (next.year < years.from - 1) continue;
    // Its own type is not exported by the package.
    const { startDate, endDate } = event.getOccurrenceDetails(next) as { startDate: ICAL.Time; endDate: ICAL.Time };
    days.push(...spread(startDate.toString().slice(0, 10), daysLong(startDate, endDate), years));
  }
}

/** The end of a whole-day event is the day after its last one. */
const daysLong = (start: ICAL.Time, end: ICAL.Time): number => Math.max(1, civilDayOf(end) - civilDayOf(start));

const civilDayOf = (time: ICAL.Time): number => civilDay(time.toString().slice(0, 10));

/** Each day of an event; of one that is longer than any holiday, those of the years only. */
function spread(first: string, length: number, years: Years): string[] {
  if (length > MOST_STEPS) throw new UnreadableCalendar(TOO_MANY);
  const days = Array.from({ length }, (_, index) => plusDays(first, index));
  return length > MOST_DAYS ? days.filter((date) => within(date, years)) : days;
}

/** On one day of the year, for ever: then the calendar can say so, and nobody need import it again. */
function recursEveryYear({ component }: ICAL.Event): boolean {
  const rules = component.getAllProperties('rrule');
  const rule = rules[0]?.getFirstValue() as { freq?: string; interval?: number; toString(): string } | undefined;
  const plain = /^FREQ=YEARLY(;INTERVAL=1)?(;BYMONTH=\d+)?(;BYMONTHDAY=\d+)?$/;
  const extra = ['exdate', 'rdate'].some((name) => component.getFirstProperty(name));
  return rules.length === 1 && !extra && plain.test(withoutWeekStart(rule));
}

const withoutWeekStart = (rule: { toString(): string } | undefined): string =>
  (rule?.toString() ?? '').replace(/;WKST=[A-Z]+/, '');

const within = (date: string, { from, to }: Years): boolean => {
  const year = Number(date.slice(0, 4));
  return from <= year && year <= to;
};
