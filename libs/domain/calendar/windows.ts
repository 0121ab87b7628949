import type { WorkingCalendar, WindowTimes } from './calendar.js';
import { civilTimeMs, formatCivilDay, parseCivilDate, parseLocal, weekdayOf } from './civil.js';
import { clip, subtract, union, type Span } from './spans.js';
import { DAY_MS, Zone } from './zone.js';

/** No window reaches further than the second date after its own, and only where the date between was skipped. */
const REACH_DAYS = 2;

/** A 29 February falls on each day of the week at least once in 40 years: what has not opened by then never will. */
export const LONGEST_CYCLE_DAYS = 40 * 366;

/** A calendar made ready for arithmetic; kept as long as the calendar object and its zone. */
interface Layout {
  zone: Zone;
  calendar: WorkingCalendar;
  holidays: ReadonlySet<string>;
  annualHolidays: ReadonlySet<string>;
  closures: readonly Span[];
  lastDatedDay: number;
  windowsByDay: Map<number, readonly Span[]>;
  openByUtcDay: Map<number, readonly Span[]>;
}

/** By zone, because what one release of the tz database says of a day is not for another (sla.md 2.6). */
const layoutsByZone = new WeakMap<Zone, WeakMap<WorkingCalendar, Layout>>();

function layoutOf(calendar: WorkingCalendar): Layout {
  const zone = Zone.named(calendar.timezone);
  const layouts = layoutsIn(zone);
  let layout = layouts.get(calendar);
  if (!layout) {
    layout = {
      zone,
      calendar,
      holidays: new Set(calendar.holidays),
      annualHolidays: new Set(calendar.annualHolidays),
      closures: (calendar.closures ?? []).map(([from, to]) => [zone.instantOf(local(from)), zone.instantOf(local(to))]),
      lastDatedDay: readLastDatedDay(calendar),
      windowsByDay: new Map(),
      openByUtcDay: new Map(),
    };
    layouts.set(calendar, layout);
  }
  return layout;
}

function layoutsIn(zone: Zone): WeakMap<WorkingCalendar, Layout> {
  let layouts = layoutsByZone.get(zone);
  if (!layouts) {
    layouts = new WeakMap();
    layoutsByZone.set(zone, layouts);
  }
  return layouts;
}

function local(civil: string): number {
  const ms = parseLocal(civil);
  if (ms === null) throw new RangeError(`not a civil time: ${civil}`);
  return ms;
}

/**
 * The windows that start on a civil date (days since 1970-01-01), as instants, less what holidays and closures take
 * from them. A date that the zone skipped has none (sla.md 2.2 rules 2-4, 6, 6a).
 */
export function windowsOf(calendar: WorkingCalendar, day: number): readonly Span[] {
  const layout = layoutOf(calendar);
  let windows = layout.windowsByDay.get(day);
  if (!windows) {
    windows = readWindows(layout, day);
    layout.windowsByDay.set(day, windows);
  }
  return windows;
}

function readWindows(layout: Layout, day: number): Span[] {
  const special = layout.calendar.specialHours[formatCivilDay(day)];
  const times = special ?? layout.calendar.weeklyHours[weekdayOf(day)] ?? [];
  if (times.length === 0 || layout.zone.spansOf(day).length === 0) return [];
  const windows = union(times.map((window) => toSpan(layout.zone, day, window)));
  const around = daysAround(day).filter((other) => other !== day || !special);
  return subtract(windows, [...around.flatMap((other) => holidaySpans(layout, other)), ...layout.closures]);
}

/** The civil dates that a date's windows can touch: the one before, too, where a fold crosses midnight. */
function daysAround(day: number): number[] {
  return Array.from({ length: REACH_DAYS + 2 }, (_, index) => day - 1 + index);
}

function toSpan(zone: Zone, day: number, [openTime, closeTime]: WindowTimes): Span {
  const [open, close] = [civilTimeMs(openTime), civilTimeMs(closeTime)];
  if (open === null || close === null) throw new RangeError(`not a window: ${openTime}-${closeTime}`);
  const closeDay = close > open ? day : day + 1;
  return [zone.instantOf(day * DAY_MS + open), zone.instantOf(closeDay * DAY_MS + close)];
}

/** The instants that a date takes away as a holiday (sla.md 2.2 rule 4). */
function holidaySpans({ zone, holidays, annualHolidays }: Layout, day: number): Span[] {
  const date = formatCivilDay(day);
  return holidays.has(date) || annualHolidays.has(date.slice(5)) ? zone.spansOf(day) : [];
}

/** The last day that the calendar names; after it, only weekly hours and yearly holidays count. */
export function lastDatedDay(calendar: WorkingCalendar): number {
  return layoutOf(calendar).lastDatedDay;
}

function readLastDatedDay({ holidays, specialHours, closures = [] }: WorkingCalendar): number {
  const dates = [...holidays, ...Object.keys(specialHours), ...closures.map(([, to]) => to.slice(0, 10))];
  return dates.reduce((last, date) => Math.max(last, parseCivilDate(date) ?? last), -Infinity);
}

/** The open spans of one UTC day (days since 1970-01-01): disjoint, in order, remembered for each calendar. */
export function openOnUtcDay(calendar: WorkingCalendar, utcDay: number): readonly Span[] {
  const { openByUtcDay, zone } = layoutOf(calendar);
  let open = openByUtcDay.get(utcDay);
  if (!open) {
    open = readOpenDay(calendar, zone, utcDay);
    openByUtcDay.set(utcDay, open);
  }
  return open;
}

function readOpenDay(calendar: WorkingCalendar, zone: Zone, utcDay: number): Span[] {
  const [start, end] = [utcDay * DAY_MS, (utcDay + 1) * DAY_MS];
  const windows: Span[] = [];
  for (let day = zone.civilDayAt(start) - REACH_DAYS; day <= zone.civilDayAt(end) + 1; day++) {
    windows.push(...windowsOf(calendar, day));
  }
  return clip(union(windows), start, end);
}
