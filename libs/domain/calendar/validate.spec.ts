import type { WorkingCalendar } from './calendar.js';
import { GENEVA } from './geneva.js';
import { validateCalendar } from './validate.js';

const fieldsOf = (change: Partial<WorkingCalendar>): string[] =>
  validateCalendar({ ...GENEVA, ...change }).map(({ field }) => field);

describe('saving a calendar', () => {
  it('accepts the one of Geneva', () => {
    expect(validateCalendar(GENEVA)).toEqual([]);
  });

  it('names every malformed value', () => {
    const wrong = {
      timezone: 'Europe/Genf',
      weeklyHours: { mon: [['9:00', '17:00']] as [string, string][] },
      holidays: ['2026-01-02', '2026-02-30'],
      annualHolidays: ['02-29', '02-30'],
      specialHours: { '2026-13-01': [] },
      closures: [['2026-01-02T10:00', '2026-01-02T09:00']] as [string, string][],
    };
    expect(fieldsOf(wrong)).toEqual([
      'timezone',
      'holidays.1',
      'annualHolidays.1',
      'specialHours.2026-13-01',
      'weeklyHours.mon',
      'closures.0',
    ]);
  });

  it('refuses a fixed offset for a time zone', () => {
    expect(fieldsOf({ timezone: '+01:00' })).toEqual(['timezone']);
  });

  it.each<[string, string, Partial<WorkingCalendar>]>([
    [
      'on one day',
      'weeklyHours.mon',
      {
        weeklyHours: {
          mon: [
            ['09:00', '13:00'],
            ['12:00', '17:00'],
          ],
        },
      },
    ],
    ['past midnight', 'weeklyHours.sun', { weeklyHours: { sun: [['22:00', '06:00']], mon: [['05:00', '12:00']] } }],
    ['by special hours', 'specialHours.2026-06-01', { specialHours: { '2026-06-01': [['20:00', '10:00']] } }],
  ])('refuses windows that overlap %s', (_how, field, change) => {
    expect(fieldsOf(change)).toEqual([field]);
  });

  it('accepts windows that touch', () => {
    expect(fieldsOf({ weeklyHours: { sun: [['09:00', '09:00']], mon: [['09:00', '24:00']] } })).toEqual([]);
  });

  it('refuses what is closed for 366 days: no hours, a long closure, yearly holidays on every opening', () => {
    const everyDay = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2000, 0, 1 + day)));
    expect(fieldsOf({ weeklyHours: {} })).toEqual(['weeklyHours']);
    expect(fieldsOf({ closures: [['2027-01-01T00:00', '2028-02-01T00:00']] })).toEqual(['weeklyHours']);
    expect(fieldsOf({ annualHolidays: everyDay.map((day) => day.toISOString().slice(5, 10)) })).toEqual([
      'weeklyHours',
    ]);
  });

  it('accepts an office that opens one hour a week', () => {
    expect(fieldsOf({ weeklyHours: { wed: [['10:00', '11:00']] } })).toEqual([]);
  });
});
