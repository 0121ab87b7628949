import { badgeState, remainingText } from './remaining.js';
import type { ReadableClock } from './remaining.js';
import { translator } from './translator.js';

const HOUR = 3_600;
const clock = (changes: Partial<ReadableClock>): ReadableClock => ({
  state: 'running',
  openSecondsLeft: 20 * HOUR,
  near: false,
  stoppedAt: null,
  dueAt: '2026-11-24T16:00:00.000Z',
  ...changes,
});
const says = (changes: Partial<ReadableClock>, language = 'en'): string =>
  remainingText(clock(changes), translator(language)).replaceAll('\u00a0', ' ');

describe('what a clock’s badge says', () => {
  it('is working days and hours for working time, minutes only below a day', () => {
    expect(says({ openSecondsLeft: 23 * HOUR })).toBe('2 working days 7 h left');
    expect(says({ openSecondsLeft: 7 * HOUR + 56 * 60, near: true })).toBe('Soon: 7 h 56 min left');
  });

  it('is days for what was promised in days, and hours on the last of them', () => {
    expect(says({ openSecondsLeft: 300 * HOUR, daysLeft: 52 })).toBe('52 days left');
    expect(says({ openSecondsLeft: 3 * HOUR, daysLeft: 0, near: true })).toBe('Soon: 3 h left');
    expect(says({ openSecondsLeft: -40 * HOUR, daysLeft: -7 })).toBe('7 days late');
  });

  it('is late from the deadline on, also before any open time has passed', () => {
    expect(badgeState(clock({ openSecondsLeft: 0 }))).toBe('late');
    expect(says({ openSecondsLeft: 0 })).toBe('Late since 17:00');
    expect(says({ openSecondsLeft: 0, daysLeft: -1 })).toBe('1 day late');
  });

  it('gives no date while it is paused', () => {
    expect(says({ state: 'paused', openSecondsLeft: 10 * HOUR, dueAt: null })).toBe('Paused, 1 working day 2 h left');
  });

  it('counts in the plural of the language', () => {
    expect(says({ daysLeft: 2 }, 'ar')).toContain('يومان');
    expect(says({ daysLeft: 3 }, 'ru')).toContain('3 дня');
  });
});
