import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { civilDay, formatCivilDay } from '#libs/domain/calendar/civil.js';
import { windowsOf } from '#libs/domain/calendar/windows.js';
import { monthName } from '#libs/i18n/dates.js';

export type DayKind = 'open' | 'closed' | 'holiday' | 'special';
export interface Month {
  name: string;
  /** Weeks from Monday on; null where the week belongs to another month. */
  weeks: ({ day: number; kind: DayKind } | null)[][];
}

/** A year of a calendar as twelve grids: what is open, closed every week, a holiday, or open at other hours. */
export function yearOf(calendar: WorkingCalendar, year: number, language: string): Month[] {
  return Array.from({ length: 12 }, (_, index) => {
    const first = civilDay(`${year}-${String(index + 1).padStart(2, '0')}-01`);
    const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    const before = (((first + 3) % 7) + 7) % 7;
    const cells = [
      ...Array.from({ length: before }, () => null),
      ...Array.from({ length }, (_, day) => ({ day: day + 1, kind: kindOf(calendar, first + day) })),
    ];
    while (cells.length % 7) cells.push(null);
    const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
    return { name: monthName(year, index + 1, language), weeks };
  });
}

function kindOf(calendar: WorkingCalendar, day: number): DayKind {
  const date = formatCivilDay(day);
  const open = windowsOf(calendar, day).length > 0;
  if (calendar.specialHours[date]) return open ? 'special' : 'holiday';
  if (isHoliday(calendar, date)) return 'holiday';
  return open ? 'open' : 'closed';
}

const isHoliday = ({ holidays, annualHolidays }: WorkingCalendar, date: string): boolean =>
  holidays.includes(date) || annualHolidays.includes(date.slice(5));

/** The holidays of a year, yearly ones with them, in order. */
export function holidaysIn(calendar: WorkingCalendar, year: number): { date: string; name: string }[] {
  const { names = {}, holidays, annualHolidays } = calendar;
  const yearly = annualHolidays.filter((date) => date !== '02-29' || isLeap(year)).map((date) => `${year}-${date}`);
  const dates = [...new Set([...yearly, ...holidays.filter((date) => date.startsWith(`${year}-`))])].sort();
  return dates.map((date) => ({ date, name: names[date] ?? names[date.slice(5)] ?? '' }));
}

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;

const YEARS_AHEAD = 8;

/** The first holiday on or after a date; null when none is known. */
export function nextHoliday(calendar: WorkingCalendar, today: string): { date: string; name: string } | null {
  const year = Number(today.slice(0, 4));
  for (let ahead = 0; ahead <= YEARS_AHEAD; ahead += 1) {
    const next = holidaysIn(calendar, year + ahead).find(({ date }) => date >= today);
    if (next) return next;
  }
  return null;
}

/** Years worth looking at: those with dated holidays, this one and the next. */
export function yearsOf({ holidays, specialHours }: WorkingCalendar, thisYear: number): number[] {
  const dated = [...holidays, ...Object.keys(specialHours)].map((date) => Number(date.slice(0, 4)));
  return [...new Set([...dated, thisYear, thisYear + 1])].sort((one, other) => one - other);
}
