import type { Weekday } from '#libs/domain/calendar/calendar.js';

/** `product.md`: States whose weekend is Friday and Saturday, or Friday only; everywhere else it is Saturday and Sunday. */
const FRIDAY_AND_SATURDAY = ['DJI', 'IRQ', 'MDV', 'PSE', 'QMD'];
const FRIDAY = ['AFG', 'SOM'];

const WEEK: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The days that are no working days in a State, by its alpha-3 code, as far as is known: a person confirms them. */
export function weekendOf(code: string): readonly Weekday[] {
  if (FRIDAY_AND_SATURDAY.includes(code)) return ['fri', 'sat'];
  return FRIDAY.includes(code) ? ['fri'] : ['sat', 'sun'];
}

/** The working days of a State, Sunday first. */
export const workingDaysOf = (code: string): Weekday[] => {
  const weekend = weekendOf(code);
  return WEEK.filter((day) => !weekend.includes(day));
};
