import { civilDay, formatCivilDay } from '#libs/domain/calendar/civil.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { isWithin } from '#libs/domain/mail/quiet-periods.js';
import { monthName } from '#libs/i18n/dates.js';

/** A day rests for everybody, for some readers, or for nobody. */
type DayKind = 'open' | 'all' | 'some';

export interface QuietMonth {
  name: string;
  /** Weeks from Monday on; null where the week belongs to another month. */
  weeks: ({ day: number; kind: DayKind } | null)[][];
}

/** A year of the quiet periods as twelve grids. */
export function quietYear({ quietPeriods }: Pick<MailPolicy, 'quietPeriods'>, year: number, language: string) {
  const kindOf = (day: number): DayKind => {
    const over = quietPeriods.filter((period) => isWithin(period, formatCivilDay(day)));
    if (!over.length) return 'open';
    return over.some(({ timezones }) => !timezones) ? 'all' : 'some';
  };
  return Array.from({ length: 12 }, (_, index): QuietMonth => {
    const first = civilDay(`${year}-${String(index + 1).padStart(2, '0')}-01`);
    const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    const before = (((first + 3) % 7) + 7) % 7;
    const cells = [
      ...Array.from({ length: before }, () => null),
      ...Array.from({ length }, (_, day) => ({ day: day + 1, kind: kindOf(first + day) })),
    ];
    while (cells.length % 7) cells.push(null);
    const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
    return { name: monthName(year, index + 1, language), weeks };
  });
}
