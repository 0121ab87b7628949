import { always, type WorkingCalendar } from '../calendar/calendar.js';
import { instantOfLocal } from '../calendar/civil.js';
import { GENEVA } from '../calendar/geneva.js';
import { instantAfterOpen } from '../calendar/open-time.js';
import { describeOpen, describeTarget, resolveTarget, type Target } from './target.js';

const geneva = always(GENEVA);
const inGeneva = (local: string): number => instantOfLocal(local, GENEVA.timezone);

/** Where a clock with this target is due when nothing happens. */
function due(target: Target, start: number, calendar: WorkingCalendar = GENEVA): number {
  const history = always(calendar);
  return instantAfterOpen(history, start, resolveTarget(target, start, history));
}

describe('a target', () => {
  const monday = inGeneva('2026-06-01T10:00:00.250');

  it('of open time is that much open time', () => {
    expect(due({ open: 'PT8H' }, monday)).toBe(inGeneva('2026-06-02T10:00:00.250'));
  });

  it('of two working days ends with the second day after the start', () => {
    expect(due({ workingDays: 2, at: 'close' }, monday)).toBe(inGeneva('2026-06-03T17:00'));
  });

  it('of working days counts none for a start on a weekend', () => {
    expect(due({ workingDays: 1, at: 'close' }, inGeneva('2026-05-30T12:00'))).toBe(inGeneva('2026-06-01T17:00'));
  });

  it('at the same time keeps the milliseconds', () => {
    expect(due({ workingDays: 2, at: 'same_time' }, monday)).toBe(inGeneva('2026-06-03T10:00:00.250'));
  });

  it('of days ends at the closing of that date, or of the next one that works', () => {
    expect(due({ days: 3 }, monday)).toBe(inGeneva('2026-06-04T17:00'));
    expect(due({ days: 5 }, monday)).toBe(inGeneva('2026-06-08T17:00'));
  });

  it('of days passes over a date that was skipped', () => {
    const apia = { ...GENEVA, timezone: 'Pacific/Apia', holidays: [], annualHolidays: [] };
    const start = instantOfLocal('2011-12-29T10:00', apia.timezone);
    expect(due({ days: 1 }, start, apia)).toBe(instantOfLocal('2012-01-02T17:00', apia.timezone));
  });

  it('on a date ends at its closing, at once when that is past', () => {
    expect(due({ on: '2027-03-26' }, monday)).toBe(inGeneva('2027-03-30T17:00'));
    expect(resolveTarget({ on: '2026-05-29' }, monday, geneva)).toBe(1000);
  });

  it('is resolved on the calendar in force at the start', () => {
    const shorter = { ...GENEVA, weeklyHours: { mon: GENEVA.weeklyHours.mon } };
    const history = [...geneva, { from: monday + 1, calendar: shorter }];
    expect(resolveTarget({ workingDays: 1, at: 'close' }, monday, history)).toBe(15 * 3_600_000 - 250);
  });

  it.each<Target>([{ open: 'P1D' }, { open: 'PT' }, { days: 0 }, { workingDays: 1.5, at: 'close' }, { on: 'soon' }])(
    'is refused when it is malformed: %j',
    (target) => {
      expect(() => resolveTarget(target, monday, geneva)).toThrow(RangeError);
    },
  );

  it.each<[string, Target]>([
    ['2 working days', { workingDays: 2, at: 'close' }],
    ['1 working day, same time', { workingDays: 1, at: 'same_time' }],
    ['60 days', { days: 60 }],
    ['by 30 April 2027', { on: '2027-04-30' }],
    ['8 h open time', { open: 'PT8H' }],
    ['1 h 30 min open time', { open: 'PT90M' }],
  ])('says "%s"', (words, target) => {
    expect(describeTarget(target)).toBe(words);
  });

  it.each([
    [471_905_293, '131 h 5 min 5.293 s'],
    [5_293, '5.293 s'],
    [0, '0 s'],
  ])('says %d ms to the millisecond and no further', (ms, words) => {
    expect(describeOpen(ms)).toBe(words);
  });
});
