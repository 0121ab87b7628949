import { stateCalendarId } from '#libs/domain/calendar/calendar-book.js';
import type { WindowTimes } from '#libs/domain/calendar/calendar.js';
import { workingDaysOf } from '#libs/reference-data/weekends.js';
import type { CalendarContent } from './read-calendar.js';

const OFFICE_HOURS: WindowTimes = ['09:00', '17:00'];

/** A first draft of a State's own calendar: its zone and weekend as the reference data knows them, and no holiday yet. */
export function stateCalendar({ code, timezone }: { code: string; timezone: string }): CalendarContent {
  return {
    id: stateCalendarId(code),
    timezone,
    weeklyHours: Object.fromEntries(workingDaysOf(code).map((day) => [day, [OFFICE_HOURS]])),
    holidays: [],
    annualHolidays: [],
    specialHours: {},
    closures: [],
    names: {},
  };
}
