import { always, type CalendarHistory, type WorkingCalendar } from './calendar.js';
import { civilDate, instantOfLocal } from './civil.js';
import { isOpen, nextOpening, NeverOpensError, openMsBetween, openSpansBetween } from './open-time.js';

const HOUR = 3_600_000;
const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function daily(timezone: string, open: string, close: string, rest: Partial<WorkingCalendar> = {}): CalendarHistory {
  const weeklyHours = Object.fromEntries(EVERY_DAY.map((day) => [day, [[open, close]]]));
  const base = { id: 'daily', version: 1, holidays: [], annualHolidays: [], specialHours: {} };
  return always({ ...base, timezone, weeklyHours, ...rest });
}

/** Open hours on a civil date of the calendar's zone, from its first instant to the next midnight. */
function hoursOn(history: CalendarHistory, date: string, nextDate: string): number {
  const zone = history[0]?.calendar.timezone ?? '';
  const [from, to] = [date, nextDate].map((day) => instantOfLocal(`${day}T00:00`, zone)) as [number, number];
  return openMsBetween(history, from, to) / HOUR;
}

describe('open time', () => {
  it('counts 25 hours on the day that has 25 (sla.md 2.2 rule 5)', () => {
    expect(hoursOn(daily('Europe/Vienna', '00:00', '24:00'), '2026-10-25', '2026-10-26')).toBe(25);
  });

  it('counts 5 hours of a night window when the clock goes forward', () => {
    expect(hoursOn(daily('Europe/Vienna', '00:00', '06:00'), '2026-03-29', '2026-03-30')).toBe(5);
  });

  it('has none on a date that the zone skipped (rule 3)', () => {
    const skipped = daily('Pacific/Apia', '09:00', '17:00');
    expect(hoursOn(skipped, '2011-12-29', '2011-12-31')).toBe(8);
  });

  it('loses only the holiday itself of an overnight window (rule 4)', () => {
    const nights = daily('UTC', '22:00', '06:00', { holidays: ['2026-06-10'] });
    const open = openSpansBetween(nights, Date.parse('2026-06-09T12:00Z'), Date.parse('2026-06-11T12:00Z'));
    expect(open.map((span) => span.map((at) => new Date(at).toISOString().slice(8, 16)))).toEqual([
      ['09T22:00', '10T00:00'],
      ['11T00:00', '11T06:00'],
    ]);
  });

  it('takes both pieces of a holiday whose midnight happens twice (rule 6a)', () => {
    const moncton = daily('America/Moncton', '23:00', '02:00', { holidays: ['2002-10-26'] });
    const open = openSpansBetween(moncton, Date.parse('2002-10-27T02:00Z'), Date.parse('2002-10-27T12:00Z'));
    expect(open).toEqual([
      [Date.parse('2002-10-27T03:00Z'), Date.parse('2002-10-27T03:01Z')],
      [Date.parse('2002-10-27T04:00Z'), Date.parse('2002-10-27T06:00Z')],
    ]);
  });

  it('opens on a holiday by special hours, and ends the night before at its midnight (rule 6a)', () => {
    const duty = daily('UTC', '22:00', '06:00', {
      holidays: ['2026-06-10'],
      specialHours: { '2026-06-10': [['10:00', '12:00']] },
    });
    expect(hoursOn(duty, '2026-06-10', '2026-06-11')).toBe(2);
  });

  it('ignores a yearly 29 February in common years', () => {
    expect(hoursOn(daily('UTC', '09:00', '17:00', { annualHolidays: ['02-29'] }), '2027-03-01', '2027-03-02')).toBe(8);
  });

  it('counts overlapping windows once (rule 6)', () => {
    const weeklyHours: WorkingCalendar['weeklyHours'] = {
      mon: [
        ['09:00', '13:00'],
        ['12:00', '14:00'],
      ],
    };
    expect(hoursOn(daily('UTC', '', '', { weeklyHours }), '2026-06-01', '2026-06-02')).toBe(5);
  });

  it('goes by the calendar in force at each instant (2.6)', () => {
    const [before] = daily('UTC', '09:00', '17:00');
    const [after] = daily('UTC', '09:00', '12:00');
    const noon = Date.parse('2026-06-01T12:00Z');
    expect(hoursOn([before!, { ...after!, from: noon }], '2026-06-01', '2026-06-03')).toBe(6);
  });

  it('is closed at closing time', () => {
    const history = daily('UTC', '09:00', '17:00');
    expect(isOpen(history, Date.parse('2026-06-01T09:00Z'))).toBe(true);
    expect(isOpen(history, Date.parse('2026-06-01T17:00Z'))).toBe(false);
    expect(nextOpening(history, Date.parse('2026-06-01T17:00Z'))).toBe(Date.parse('2026-06-02T09:00Z'));
  });

  it('says so when it never opens again, instead of giving a date', () => {
    const once = daily('UTC', '', '', { weeklyHours: {}, specialHours: { '2060-01-01': [['09:00', '10:00']] } });
    expect(nextOpening(once, Date.parse('2026-01-01T00:00Z'))).toBe(Date.parse('2060-01-01T09:00Z'));
    expect(() => nextOpening(once, Date.parse('2060-01-02T00:00Z'))).toThrow(NeverOpensError);
  });
});

describe('a civil time', () => {
  it('in a gap moves forward by the gap, in a fold is the first (rule 2)', () => {
    expect(instantOfLocal('2026-03-29T02:30', 'Europe/Zurich')).toBe(Date.parse('2026-03-29T01:30Z'));
    expect(instantOfLocal('2026-10-25T02:30:00.5', 'Europe/Zurich')).toBe(Date.parse('2026-10-25T00:30:00.500Z'));
  });

  it('on a skipped date moves to the next', () => {
    expect(civilDate(instantOfLocal('2011-12-30T12:00', 'Pacific/Apia'), 'Pacific/Apia')).toBe('2011-12-31');
  });

  it('is refused when there is none such', () => {
    expect(() => instantOfLocal('2026-02-30T12:00', 'UTC')).toThrow(RangeError);
    expect(() => instantOfLocal('2026-02-03T12:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});
