import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { validateCalendar } from '#libs/domain/calendar/validate.js';
import { calendarChanges } from './calendar-changes.js';
import { calendarToText } from './calendar-text.js';
import { readCalendar } from './read-calendar.js';
import { stateCalendar } from './state-calendar.js';

const TEXT = calendarToText(GENEVA);
const problemsOf = (change: Partial<typeof TEXT>) =>
  readCalendar('geneva', { ...TEXT, ...change }).problems.map(({ field, values }) => [
    field,
    values['line'],
    values['value'],
  ]);

describe('a calendar as text', () => {
  it('is read back as it was written, names with it', () => {
    const rich = {
      ...GENEVA,
      weeklyHours: {
        mon: [
          ['09:00', '12:00'],
          ['14:00', '17:00'],
        ] as [string, string][],
        sun: [['22:00', '06:00']] as [string, string][],
      },
      specialHours: { '2026-12-24': [['09:00', '12:00']] as [string, string][], '2026-12-28': [] },
      closures: [['2026-12-24T12:00', '2027-01-02T09:00']] as [string, string][],
    };
    const { calendar, problems } = readCalendar('geneva', calendarToText(rich));
    expect(problems).toEqual([]);
    expect({ ...calendar, version: 1 }).toEqual(rich);
  });

  it('names the line and the value of everything that is wrong with it, at once', () => {
    expect(
      problemsOf({
        timezone: 'Europe/Genf',
        mon: '9-17',
        holidays: '2027-03-26 Good Friday\n\n27.3.2027\n2027-02-30\n2027-03-26',
        annualHolidays: '02-30\n2027-12-25',
        specialHours: '2026-12-24\n2026-12-25 10:00-25:00',
        closures: '2027-01-02 09:00 to 2027-01-01 09:00',
      }),
    ).toEqual([
      ['mon', undefined, '9-17'],
      ['holidays', 3, '27.3.2027'],
      ['holidays', 4, '2027-02-30'],
      ['holidays', 5, '2027-03-26'],
      ['annualHolidays', 1, '02-30'],
      ['annualHolidays', 2, '2027-12-25'],
      ['specialHours', 1, '2026-12-24'],
      ['specialHours', 2, '2026-12-25 10:00-25:00'],
      ['closures', 1, '2027-01-02 09:00 to 2027-01-01 09:00'],
      ['timezone', undefined, 'Europe/Genf'],
    ]);
  });

  it('is refused where windows overlap, also past midnight, and where nothing opens for 366 days', () => {
    expect(problemsOf({ mon: '09:00-13:00, 12:00-17:00' })).toEqual([['mon', undefined, undefined]]);
    expect(problemsOf({ sun: '22:00-10:00' })).toEqual([['sun', undefined, undefined]]);
    expect(problemsOf({ specialHours: '2026-12-23 20:00-10:00' })).toEqual([['specialHours', undefined, '2026-12-23']]);
    const never = { mon: '', tue: '', wed: '', thu: '', fri: '' };
    expect(problemsOf(never).map(([field]) => field)).toEqual(['mon']);
  });
});

describe('what changes from one version to the next', () => {
  it('is told holiday by holiday, with hours, zone, special hours and closures', () => {
    const after = {
      ...GENEVA,
      timezone: 'Europe/Paris',
      weeklyHours: { ...GENEVA.weeklyHours, fri: [['09:00', '12:00']] as [string, string][] },
      holidays: [...GENEVA.holidays.slice(1), '2031-04-11'],
      specialHours: { '2026-12-24': [] },
      closures: [['2027-01-01T00:00', '2027-01-03T00:00']] as [string, string][],
    };
    expect(calendarChanges(GENEVA, after)).toEqual({
      timezone: { from: 'Europe/Zurich', to: 'Europe/Paris' },
      hours: [{ day: 'fri', from: '09:00-17:00', to: '09:00-12:00' }],
      added: [{ date: '2031-04-11', name: '' }],
      removed: [{ date: '2025-04-18', name: 'Good Friday' }],
      special: [{ date: '2026-12-24', from: null, to: '' }],
      closures: { added: [['2027-01-01T00:00', '2027-01-03T00:00']], removed: [] },
    });
  });
});

describe('the first draft of a State’s calendar', () => {
  it.each([
    ['CHE', ['mon', 'tue', 'wed', 'thu', 'fri']],
    ['IRQ', ['mon', 'sun', 'thu', 'tue', 'wed']],
    ['AFG', ['mon', 'sat', 'sun', 'thu', 'tue', 'wed']],
  ])('is open on the working days of %s', (code, days) => {
    const calendar = stateCalendar({ code, timezone: 'Asia/Baghdad' });
    expect(Object.keys(calendar.weeklyHours).sort()).toEqual([...days].sort());
    expect(calendar.id).toBe(`state-${code.toLowerCase()}`);
    expect(validateCalendar({ ...calendar, version: 1 })).toEqual([]);
  });
});
