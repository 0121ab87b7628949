import { always } from './calendar.js';
import { instantOfLocal } from './civil.js';
import { GENEVA } from './geneva.js';
import { closingOf, workingDay } from './working-days.js';

const geneva = always(GENEVA);
const inGeneva = (local: string): number => instantOfLocal(local, GENEVA.timezone);

describe('working days in Geneva', () => {
  it('skip the weekend and Easter', () => {
    expect(workingDay(geneva, inGeneva('2026-04-02T10:00'), 1, 'close')).toBe(inGeneva('2026-04-07T17:00'));
    expect(workingDay(geneva, inGeneva('2026-04-07T10:00'), -1, 'open')).toBe(inGeneva('2026-04-02T09:00'));
  });

  it('never count the date of the start, working or not', () => {
    expect(workingDay(geneva, inGeneva('2026-04-04T10:00'), 1, 'close')).toBe(inGeneva('2026-04-07T17:00'));
  });

  it('begin with the date itself for n = 0, or the next one that works', () => {
    expect(workingDay(geneva, inGeneva('2026-09-09T23:00'), 0, 'close')).toBe(inGeneva('2026-09-09T17:00'));
    expect(workingDay(geneva, inGeneva('2026-09-10T08:00'), 0, 'open')).toBe(inGeneva('2026-09-11T09:00'));
  });

  it('know Jeûne genevois, which is not in September 2028 on the 14th', () => {
    expect(closingOf(geneva, '2028-09-07')).toBe(inGeneva('2028-09-08T17:00'));
    expect(closingOf(geneva, '2028-09-14')).toBe(inGeneva('2028-09-14T17:00'));
  });

  it('go by the calendar in force on each date', () => {
    const later = { ...GENEVA, version: 2, holidays: [...GENEVA.holidays, '2026-06-05'] };
    const history = [...geneva, { from: inGeneva('2026-06-04T12:00'), calendar: later }];
    expect(closingOf(history, '2026-06-05')).toBe(inGeneva('2026-06-08T17:00'));
  });
});

describe('the closing of a date', () => {
  const nights = always({ ...GENEVA, timezone: 'UTC', weeklyHours: { fri: [['22:00', '06:00']] }, holidays: [] });

  it('is that of the last window that starts on it, even past midnight', () => {
    expect(closingOf(nights, '2026-06-01')).toBe(Date.parse('2026-06-06T06:00Z'));
  });

  it('is midnight when the rest of the window falls on a holiday', () => {
    const [night] = nights;
    const history = always({ ...night!.calendar, holidays: ['2026-06-06'] });
    expect(closingOf(history, '2026-06-05')).toBe(Date.parse('2026-06-06T00:00Z'));
  });

  it('is not on a holiday, although its window has a tail on the next date', () => {
    const [night] = nights;
    const history = always({ ...night!.calendar, holidays: ['2026-06-05'] });
    expect(closingOf(history, '2026-06-05')).toBe(Date.parse('2026-06-13T06:00Z'));
  });
});
