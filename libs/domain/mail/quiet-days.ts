import { civilDay, formatCivilDay, parseCivilDate } from '../calendar/civil.js';
import type { QuietPeriod } from './mail-policy.js';

/** A quiet period as it falls in one stretch of time: first and last day, since 1970-01-01. Both count. */
export interface QuietSpan {
  title: string;
  first: number;
  last: number;
  /** Absent: for everybody. */
  timezones?: string[];
}

const YEARLY = /^\d\d-\d\d$/;

/** Whether it comes every year. */
export const isYearly = ({ from }: Pick<QuietPeriod, 'from'>): boolean => YEARLY.test(from);

/** The spans of these periods that begin in a year (a yearly one that passes the turn of it ends in the next), in order. */
export function quietSpansOf(periods: readonly QuietPeriod[], year: number): QuietSpan[] {
  return periods
    .flatMap((period) => {
      const span = isYearly(period) ? yearly(period, year) : dated(period, year);
      return span ? [span] : [];
    })
    .sort((one, other) => one.first - other.first);
}

function yearly({ title, from, until, timezones }: QuietPeriod, year: number): QuietSpan {
  const first = dayIn(year, from);
  const last = dayIn(until < from ? year + 1 : year, until);
  return { title, first, last, ...(timezones && { timezones }) };
}

function dated({ title, from, until, timezones }: QuietPeriod, year: number): QuietSpan | null {
  if (Number(from.slice(0, 4)) !== year) return null;
  return { title, first: civilDay(from), last: civilDay(until), ...(timezones && { timezones }) };
}

/** 29 February is the last day of the month in the years that have none. */
const dayIn = (year: number, date: string): number =>
  parseCivilDate(`${year}-${date}`) ?? civilDay(`${year}-${date.slice(0, 3)}28`);

/** The longest run of days on which everything rests, over the years that are asked for. */
export function longestQuiet(
  periods: readonly QuietPeriod[],
  years: readonly number[],
): { days: number; from: string } {
  const days = new Set<number>();
  for (const year of years)
    for (const { first, last } of quietSpansOf(periods, year))
      for (let day = first; day <= last; day += 1) days.add(day);
  let longest = { days: 0, from: '' };
  let run = 0;
  for (const day of [...days].sort((one, other) => one - other)) {
    run = days.has(day - 1) ? run + 1 : 1;
    if (run > longest.days) longest = { days: run, from: formatCivilDay(day - run + 1) };
  }
  return longest;
}
