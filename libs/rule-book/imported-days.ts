/** A day that an import or a proposal would add: `date` is `YYYY-MM-DD`, or `MM-DD` for every year. */
export interface ProposedDay {
  date: string;
  name: string;
  /** Only of proposals: public, bank, optional or observance. */
  type?: string;
  /** The calendar has it already. */
  known: boolean;
}

/** Inclusive. */
export interface Years {
  from: number;
  to: number;
}

/** More than these are not decided about on one page. */
export const MOST_DAYS = 900;
export const MOST_YEARS = 15;

/** The days that a person ticked, added to a calendar: names of new ones are kept, those it has stay as they are. */
export function withDays<T extends { holidays: string[]; annualHolidays: string[]; names?: Record<string, string> }>(
  calendar: T,
  days: readonly { date: string; name: string }[],
): T {
  const known = new Set([...calendar.holidays, ...calendar.annualHolidays]);
  const added = days.filter(({ date }) => !known.has(date));
  const dates = [...new Set(added.map(({ date }) => date))];
  const names = added.filter(({ name }) => name).map(({ date, name }) => [date, name.slice(0, 100)] as const);
  return {
    ...calendar,
    holidays: [...calendar.holidays, ...dates.filter((date) => date.length === 10)].sort(),
    annualHolidays: [...calendar.annualHolidays, ...dates.filter((date) => date.length === 5)].sort(),
    names: { ...calendar.names, ...Object.fromEntries(names) },
  };
}
