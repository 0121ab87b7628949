import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { exportCalendar } from './calendar-export.js';
import { importCalendar, UnreadableCalendar } from './calendar-import.js';
import { proposeHolidays } from './holiday-proposals.js';
import { withDays } from './imported-days.js';

const YEARS = { from: 2027, to: 2029 };
const file = (...events: string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map((event) => `BEGIN:VEVENT\r\n${event}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`;
const datesOf = (...events: string[]): string[] =>
  importCalendar(file(...events), YEARS, new Set()).days.map(({ date }) => date);
const day = (date: string, rest = ''): string => `DTSTART;VALUE=DATE:${date}${rest && `\r\n${rest}`}`;

describe('the import of an iCalendar file', () => {
  it('takes a whole-day event as a holiday with its name, a longer one as each of its days', () => {
    const text = file(
      day('20270326', 'SUMMARY:Good Friday'),
      day('20270310', 'DTEND;VALUE=DATE:20270313\r\nSUMMARY:Eid'),
    );
    expect(importCalendar(text, YEARS, new Set(['2027-03-26'])).days).toEqual([
      { date: '2027-03-10', name: 'Eid', known: false },
      { date: '2027-03-11', name: 'Eid', known: false },
      { date: '2027-03-12', name: 'Eid', known: false },
      { date: '2027-03-26', name: 'Good Friday', known: true },
    ]);
  });

  it('takes what recurs on a day of every year as that, and expands other recurrences over the years asked for', () => {
    expect(datesOf(day('20101225', 'RRULE:FREQ=YEARLY'))).toEqual(['12-25']);
    expect(datesOf(day('20200907', 'RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO'))).toEqual([
      '2027-09-06',
      '2028-09-04',
      '2029-09-03',
    ]);
    expect(datesOf(day('20261231', 'RRULE:FREQ=YEARLY;UNTIL=20281231'))).toEqual(['2027-12-31', '2028-12-31']);
    expect(datesOf(day('20270501', 'RRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20280501'))).toEqual([
      '2027-05-01',
      '2029-05-01',
    ]);
  });

  it('leaves out events with a time of day, cancelled ones, and days of other years, and says how many', () => {
    const text = file(
      'DTSTART:20270101T090000Z',
      day('20270102', 'STATUS:CANCELLED'),
      day('20260103'),
      day('20270104'),
    );
    expect(importCalendar(text, YEARS, new Set())).toEqual({
      timed: 1,
      outside: 1,
      days: [{ date: '2027-01-04', name: '', known: false }],
    });
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['half a file', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'],
    ['a file without events', file()],
    ['an event without a start', file('SUMMARY:x')],
    ['an event on a day that there is not', file(day('nonsense'))],
    ['an event that recurs every second for ever', file(day('19700101', 'RRULE:FREQ=SECONDLY'))],
    ['an event of a million days', file(day('20270101', 'DTEND;VALUE=DATE:47650101'))],
  ])('refuses %s', (_, text) => {
    expect(() => importCalendar(text, YEARS, new Set())).toThrow(UnreadableCalendar);
  });

  it('reads back what the export writes', () => {
    const all = { from: 2025, to: 2030 };
    const { days } = importCalendar(exportCalendar(GENEVA, 'Geneva canton', 'Holiday'), all, new Set());
    const back = withDays({ ...GENEVA, holidays: [], annualHolidays: [], names: {} }, days);
    expect(back).toEqual(GENEVA);
  });
});

describe('the holidays that are proposed', () => {
  it('are those of the country or region, each with name and type', () => {
    const days = proposeHolidays('CH-GE', { from: 2027, to: 2027 }, 'en', new Set(['12-25'])) ?? [];
    expect(days).toContainEqual({ date: '2027-03-26', name: 'Good Friday', type: 'public', known: false });
    expect(days).toContainEqual(expect.objectContaining({ date: '2027-09-09', type: 'public' }));
    expect(days.filter(({ known }) => known).map(({ date }) => date)).toEqual(['2027-12-25']);
  });

  it('are found by the alpha-3 code too, and there are none for a place that is not known', () => {
    expect(proposeHolidays('CHE', YEARS, 'fr', new Set())?.length).toBeGreaterThan(10);
    for (const place of ['QMA', 'CH-XX', '', 'constructor', 'toString'])
      expect(proposeHolidays(place, YEARS, 'en', new Set())).toBeNull();
  });
});
