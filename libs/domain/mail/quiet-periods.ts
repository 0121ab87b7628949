import { readerZone } from '../calendar/delivery-hours.js';
import { civilDate, civilDay, formatCivilDay } from '../calendar/civil.js';
import { Zone } from '../calendar/zone.js';
import type { QuietPeriod } from './mail-policy.js';

/** A mail is late rather than never: whatever is quiet for longer than this is not kept to. */
const LONGEST_QUIET_DAYS = 400;

/** Whether a civil date (`YYYY-MM-DD`) is one of a period's, both its ends counted. */
export function isWithin({ from, until }: Pick<QuietPeriod, 'from' | 'until'>, date: string): boolean {
  if (from.length > 'MM-DD'.length) return from <= date && date <= until;
  const day = date.slice('YYYY-'.length);
  return from <= until ? from <= day && day <= until : day >= from || day <= until;
}

/** The periods that a reader in this zone is left in peace in. */
export const periodsFor = (periods: readonly QuietPeriod[], timezone: string): QuietPeriod[] =>
  periods.filter(({ timezones }) => !timezones?.length || timezones.includes(timezone));

/** The quiet period that an instant (epoch ms) lies in, by the civil date where the reader is; null: none. */
export function quietAt(periods: readonly QuietPeriod[], timezone: string, at: number): QuietPeriod | null {
  const date = civilDate(at, readerZone(timezone));
  return periodsFor(periods, timezone).find((period) => isWithin(period, date)) ?? null;
}

/** The first instant (epoch ms) at or after `at` that lies in no quiet period; null where there is none for more than a year. */
export function afterQuiet(periods: readonly QuietPeriod[], timezone: string, at: number): number | null {
  const [own, name] = [periodsFor(periods, timezone), readerZone(timezone)];
  const zone = Zone.named(name);
  const quiet = (day: number) => own.some((period) => isWithin(period, formatCivilDay(day)));
  const today = civilDay(civilDate(at, name));
  if (!quiet(today)) return at;
  for (let day = today + 1; day <= today + LONGEST_QUIET_DAYS; day += 1) {
    // A date that was skipped where they are has no instant.
    const [start] = quiet(day) ? [] : zone.spansOf(day);
    if (start) return Math.max(at, start[0]);
  }
  return null;
}
