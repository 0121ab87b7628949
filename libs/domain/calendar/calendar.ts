export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Two civil times `HH:MM` (`24:00` allowed). An end that is not after its start lies on the next day. */
export type WindowTimes = [open: string, close: string];

/** When one party works (sla.md 2.1, 2.2). Treated as immutable: every edit makes a new version, a new object. */
export interface WorkingCalendar {
  id: string;
  version: number;
  /** IANA zone in which all the civil times below are read. */
  timezone: string;
  weeklyHours: Partial<Record<Weekday, WindowTimes[]>>;
  /** Civil dates `YYYY-MM-DD`. */
  holidays: string[];
  /** Every year on `MM-DD`; 29 February has no effect in common years. */
  annualHolidays: string[];
  /** By civil date: these replace the windows that start on it, `[]` closes it. */
  specialHours: Record<string, WindowTimes[]>;
  /** Local civil spans `YYYY-MM-DDTHH:MM` in which nothing is open. */
  closures?: [from: string, to: string][];
  /** What holidays are called, by date or `MM-DD`; nothing is counted by it. */
  names?: Record<string, string>;
}

export interface CalendarVersion {
  /** Instant from which the version applies. */
  from: number;
  /** When it became known; not after `from`. Left out: at `from`. */
  recordedAt?: number;
  calendar: WorkingCalendar;
}

/**
 * Versions in force over time, ordered by `from`. The version at an instant is the last one with `from` at or
 * before it; the first applies from the beginning of time (sla.md 2.6).
 */
export type CalendarHistory = readonly CalendarVersion[];

/** One calendar that never changes. */
export function always(calendar: WorkingCalendar): CalendarHistory {
  return [{ from: -Infinity, calendar }];
}

/** The calendar in force at an instant (sla.md 2.6). */
export function calendarAt(history: CalendarHistory, at: number): WorkingCalendar {
  const inForce = history[indexAt(history, at)];
  if (!inForce) throw new RangeError('a calendar history needs at least one version');
  return inForce.calendar;
}

/** Which version is in force; found by halves, for a clock asks at each of its events. */
function indexAt(history: CalendarHistory, at: number): number {
  let [low, high] = [0, history.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((history[middle] as CalendarVersion).from <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The part of a history that was in force by an instant: what a clock stopped then had to go by (sla.md 2.4). */
export function knownBy(history: CalendarHistory, at: number): CalendarHistory {
  return history.filter((version, index) => index === 0 || version.from <= at);
}

/** One calendar until an instant, and another from then on (sla.md 2.6, T45). */
export function followedBy(first: CalendarHistory, at: number, then: CalendarHistory): CalendarHistory {
  const before = first.filter((version, index) => index === 0 || version.from < at);
  const after = then.filter(({ from }) => from > at);
  return [...before, { from: at, calendar: calendarAt(then, at) }, ...after];
}

export interface VersionSpan {
  calendar: WorkingCalendar;
  from: number;
  to: number;
}

/** The versions that apply between two instants, each with the part of the span it applies to. */
export function* versionsBetween(history: CalendarHistory, from: number, to: number): Generator<VersionSpan> {
  let spanFrom = from;
  for (let index = indexAt(history, from); index < history.length && spanFrom < to; index++) {
    const { calendar } = history[index] as CalendarVersion;
    const spanTo = Math.min(to, history[index + 1]?.from ?? Infinity);
    if (spanFrom < spanTo) yield { calendar, from: spanFrom, to: spanTo };
    spanFrom = Math.max(spanFrom, spanTo);
  }
}
