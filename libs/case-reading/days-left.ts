import { calendarAt } from '#libs/domain/calendar/calendar.js';
import type { CalendarHistory } from '#libs/domain/calendar/calendar.js';
import { civilDaysBetween } from '#libs/domain/calendar/civil.js';
import type { PolicyTarget } from '#libs/domain/case/clock-policy.js';

/**
 * Civil days until a deadline, for a clock that was promised in days or to a date; negative when it is late. Null for one
 * that was promised in working time: that is shown as open time.
 */
export function daysLeft(
  target: PolicyTarget,
  calendar: CalendarHistory,
  dueAt: number | null,
  now: number,
): number | null {
  const inDays = 'days' in target || 'on' in target || 'date' in target;
  if (!inDays || dueAt === null) return null;
  return civilDaysBetween(now, dueAt, calendarAt(calendar, now).timezone);
}
