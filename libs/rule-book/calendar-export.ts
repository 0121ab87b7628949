import ICAL from 'ical.js';
import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { plusDays } from '#libs/domain/calendar/civil.js';

/** Yearly holidays need a year to begin in. */
const FIRST_YEAR = '2000';

/** The holidays of a calendar as an iCalendar file; days that special hours close are among them. */
export function exportCalendar(calendar: WorkingCalendar, title: string, untitled: string): string {
  const file = new ICAL.Component(['vcalendar', [], []]);
  file.updatePropertyWithValue('prodid', '-//Action48//Working calendars//EN');
  file.updatePropertyWithValue('version', '2.0');
  file.updatePropertyWithValue('x-wr-calname', title);
  file.updatePropertyWithValue('x-wr-timezone', calendar.timezone);
  const closed = Object.entries(calendar.specialHours).flatMap(([date, windows]) => (windows.length ? [] : [date]));
  const dates = [...calendar.annualHolidays, ...new Set([...calendar.holidays, ...closed])];
  for (const date of dates) {
    const yearly = date.length === 5;
    const first = yearly ? `${FIRST_YEAR}-${date}` : date;
    const event = new ICAL.Component('vevent');
    event.updatePropertyWithValue('uid', `${calendar.id}-${date}@action48`);
    event.updatePropertyWithValue('dtstamp', ICAL.Time.fromDateTimeString('2000-01-01T00:00:00Z'));
    event.updatePropertyWithValue('dtstart', ICAL.Time.fromDateString(first));
    event.updatePropertyWithValue('dtend', ICAL.Time.fromDateString(plusDays(first, 1)));
    event.updatePropertyWithValue('summary', calendar.names?.[date] ?? untitled);
    event.updatePropertyWithValue('transp', 'TRANSPARENT');
    if (yearly) event.updatePropertyWithValue('rrule', ICAL.Recur.fromString('FREQ=YEARLY'));
    file.addSubcomponent(event);
  }
  return `${file.toString()}\r\n`;
}
