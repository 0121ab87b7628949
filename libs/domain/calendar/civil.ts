import { DAY_MS, Zone } from './zone.js';
import type { Weekday } from './calendar.js';

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `HH:MM`, `HH:MM:SS` or `HH:MM:SS.mmm` as milliseconds since midnight; null when it is none, up to `24:00`. */
export function civilTimeMs(time: string): number | null {
  const match = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/.exec(time);
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minutes > 59 || seconds > 59) return null;
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? '0').padEnd(3, '0'));
  return ms <= DAY_MS ? ms : null;
}

/** `YYYY-MM-DD` as days since 1970-01-01; null when there is no such date. */
export function parseCivilDate(date: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && formatCivilDay(ms / DAY_MS) === date ? ms / DAY_MS : null;
}

/** Days since 1970-01-01 as `YYYY-MM-DD`. */
export function formatCivilDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of a civil date. Throws RangeError when there is no such date. */
export function civilDay(date: string): number {
  const day = parseCivilDate(date);
  if (day === null) throw new RangeError(`not a civil date: ${date}`);
  return day;
}

export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] as Weekday;
}

/** The civil date `YYYY-MM-DD` at an instant in a zone. */
export function civilDate(at: number, zone: string): string {
  return formatCivilDay(Zone.named(zone).civilDayAt(at));
}

/** The civil time at an instant in a zone, in milliseconds since midnight. */
export function civilTimeOfDay(at: number, zone: string): number {
  const local = at + Zone.named(zone).offsetAt(at);
  return local - Math.floor(local / DAY_MS) * DAY_MS;
}

/** Civil days from the date of one instant to the date of another, in a zone; negative when the other is earlier. */
export function civilDaysBetween(from: number, to: number, zone: string): number {
  return civilDay(civilDate(to, zone)) - civilDay(civilDate(from, zone));
}

/** The civil date so many days later (or earlier). */
export function plusDays(date: string, days: number): string {
  return formatCivilDay(civilDay(date) + days);
}

/** The same day of the month so many months later, or the last day of a month that is too short for it. */
export function plusMonths(date: string, months: number): string {
  const day = Number(date.slice(8));
  const first = new Date(civilDay(`${date.slice(0, 8)}01`) * DAY_MS);
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return formatCivilDay(first.getTime() / DAY_MS + Math.min(day, last) - 1);
}

/** `YYYY-MM-DDTHH:MM[:SS[.mmm]]` as if it were UTC; null when it is no civil time. */
export function parseLocal(local: string): number | null {
  const [date = '', time = '', ...rest] = local.split('T');
  const [day, ms] = [parseCivilDate(date), civilTimeMs(time)];
  return day === null || ms === null || rest.length > 0 ? null : day * DAY_MS + ms;
}

/**
 * The instant of a civil time `YYYY-MM-DDTHH:MM[:SS[.mmm]]` in a zone, by the "compatible" rule (sla.md 2.2 rule 2):
 * forward by the gap, first of a fold. Throws RangeError for what is no civil time.
 */
export function instantOfLocal(local: string, zone: string): number {
  const ms = parseLocal(local);
  if (ms === null) throw new RangeError(`not a civil time: ${local}`);
  return Zone.named(zone).instantOf(ms);
}
