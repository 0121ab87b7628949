import type { WindowTimes, WorkingCalendar } from '#libs/domain/calendar/calendar.js';

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;
const STRIDE = 15;

/**
 * Open time the slow way: minute after minute, asking Intl for the civil time of each. Shares nothing with the engine but the
 * shape of a calendar. Instants are whole minutes (epoch ms); zones with offsets in seconds (before 1972) are not for it.
 */
export class MinuteWalk {
  private readonly format: Intl.DateTimeFormat;
  private readonly civil = new Map<number, number>();

  constructor(private readonly calendar: WorkingCalendar) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: calendar.timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** Open minutes in `[from, to)`. */
  openMinutes(from: number, to: number): number {
    const spans = this.spansAround(from, to);
    let open = 0;
    for (let at = from; at < to; at += MINUTE) if (this.isOpen(at, spans)) open += 1;
    return open;
  }

  /** The instant at which `minutes` open minutes have passed since `from`; null when that is not before `limit`. */
  dueAfter(from: number, minutes: number, limit: number): number | null {
    const spans = this.spansAround(from, limit);
    let left = minutes;
    for (let at = from; at < limit; at += MINUTE) if (this.isOpen(at, spans) && (left -= 1) === 0) return at + MINUTE;
    return null;
  }

  /** Minutes since the epoch of the civil time at an instant, as if it were UTC. */
  private civilAt(at: number): number {
    const known = this.civil.get(at);
    if (known !== undefined) return known;
    const part = Object.fromEntries(this.format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const civil = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']) / MINUTE;
    this.civil.set(at, civil);
    return civil;
  }

  private isOpen(at: number, spans: readonly OpenSpan[]): boolean {
    const date = dateOf(this.civilAt(at));
    return spans.some(
      ({ from, to, startsOn, special }) =>
        from <= at && at < to && (!this.isHoliday(date) || (special && startsOn === date)),
    );
  }

  private isHoliday(date: string): boolean {
    const { holidays, annualHolidays } = this.calendar;
    return holidays.includes(date) || annualHolidays.includes(date.slice(5));
  }

  /** The windows of every civil date that may reach into the span. */
  private spansAround(from: number, to: number): OpenSpan[] {
    const first = Math.floor(this.civilAt(from) / DAY_MINUTES) - 2;
    const last = Math.floor(this.civilAt(to) / DAY_MINUTES) + 1;
    const dates = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return dates.flatMap((day) => this.spansOf(day));
  }

  private spansOf(day: number): OpenSpan[] {
    const startsOn = dateOf(day * DAY_MINUTES);
    const special = this.calendar.specialHours[startsOn];
    const times = special ?? this.calendar.weeklyHours[weekday(day)] ?? [];
    if (!times.length || this.isSkipped(day)) return [];
    return times.flatMap((window) => {
      const [open, close] = this.minutesOf(window);
      const [from, to] = [this.instantOf(day * DAY_MINUTES + open), this.instantOf(day * DAY_MINUTES + close)];
      return from < to ? [{ from, to, startsOn, special: special !== undefined }] : [];
    });
  }

  private minutesOf([opens, closes]: WindowTimes): [number, number] {
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
    const [open, close] = [minutes(opens), minutes(closes)];
    return [open, close > open ? close : close + DAY_MINUTES];
  }

  /** The first minute that has this civil time; in a gap, as far beyond it as the time lies beyond the gap's beginning. */
  private instantOf(civil: number): number {
    const earliest = (civil - 16 * 60) * MINUTE;
    for (let at = earliest; ;) {
      const here = this.civilAt(at);
      if (here === civil) return at;
      // A quarter of an hour in which no clock is changed, and which does not hold the time, need not be walked.
      const isPlain = this.civilAt(at + STRIDE * MINUTE) === here + STRIDE;
      if (isPlain && !(here < civil && civil < here + STRIDE)) at += STRIDE * MINUTE;
      else {
        if (here < civil && this.civilAt(at + MINUTE) > civil) return at + (civil - here) * MINUTE;
        at += MINUTE;
      }
    }
  }

  private isSkipped(day: number): boolean {
    for (let at = (day * DAY_MINUTES - 16 * 60) * MINUTE; at < (day + 2) * DAY_MINUTES * MINUTE; at += 15 * MINUTE)
      if (Math.floor(this.civilAt(at) / DAY_MINUTES) === day) return false;
    return true;
  }
}

interface OpenSpan {
  from: number;
  to: number;
  startsOn: string;
  special: boolean;
}

const dateOf = (civil: number): string => new Date(civil * MINUTE).toISOString().slice(0, 10);

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const weekday = (day: number) => WEEKDAYS[new Date(day * DAY_MINUTES * MINUTE).getUTCDay()]!;
