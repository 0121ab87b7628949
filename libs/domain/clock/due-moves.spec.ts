import fc from 'fast-check';
import { always, type CalendarHistory, type WorkingCalendar } from '../calendar/calendar.js';
import { GENEVA } from '../calendar/geneva.js';
import { readClock } from './clock.js';
import { dueMoves, firstDueAt } from './due-moves.js';
import type { ClockSignal } from './signals.js';
import { resolveTarget, type Target } from './target.js';

const HOUR = 3_600_000;
const geneva = always(GENEVA);
const at = (text: string): number => Date.parse(text);
const target: Target = { workingDays: 2, at: 'close' };
const startedAt = at('2026-11-26T09:00:00Z');
const cycle = (...signals: ClockSignal[]) => ({
  startedAt,
  targetMs: resolveTarget(target, startedAt, geneva),
  signals,
});
const pause: ClockSignal = { at: at('2026-11-26T15:00:00Z'), type: 'pause', reason: 'awaiting_state' };
const resume: ClockSignal = { at: at('2026-11-30T09:00:00Z'), type: 'resume', reason: 'awaiting_state' };
const later = (days: number): WorkingCalendar => ({
  ...GENEVA,
  version: 2,
  holidays: [...GENEVA.holidays, `2026-11-${days}`],
});

/** One line a move: what it was and the deadline after it. */
const told = (history: CalendarHistory, asOf: string, ...signals: ClockSignal[]): string[] =>
  dueMoves(cycle(...signals), history, at(asOf)).map(
    ({ by, dueAt }) => `${by.type} ${dueAt === null ? 'no date' : new Date(dueAt).toISOString().slice(0, 16)}`,
  );

describe('how a deadline came to be what it is', () => {
  it('begins with the promise, has no date while paused, and ends on the deadline in force', () => {
    expect(told(geneva, '2026-12-01T09:00:00Z', pause, resume)).toEqual([
      'start 2026-11-30T16:00',
      'pause no date',
      'resume 2026-12-02T10:00',
    ]);
  });

  it('names the change of the target by which the date moved', () => {
    const retarget: ClockSignal = { at: at('2026-11-26T15:00:00Z'), type: 'retarget', targetMs: 8 * HOUR };
    expect(told(geneva, '2026-11-27T09:00:00Z', retarget)).toEqual([
      'start 2026-11-30T16:00',
      'retarget 2026-11-27T09:00',
    ]);
  });

  it('names a version of the calendar that took effect meanwhile, and one that will before the deadline', () => {
    const history: CalendarHistory = [...geneva, { from: at('2026-11-27T06:00:00Z'), calendar: later(27) }];
    const moves = ['start 2026-11-30T16:00', 'calendar 2026-12-01T16:00'];
    expect(told(history, '2026-11-28T09:00:00Z')).toEqual(moves);
    expect(told(history, '2026-11-26T10:00:00Z')).toEqual(moves);
  });

  it('leaves out what came after the deadline was settled', () => {
    const history: CalendarHistory = [...geneva, { from: at('2026-12-10T06:00:00Z'), calendar: later(27) }];
    expect(told(history, '2026-12-20T09:00:00Z')).toHaveLength(1);
  });

  it('knows the date as it was first, and that a clock which began paused had none', () => {
    expect(firstDueAt(cycle(pause, resume), geneva)).toBe(at('2026-11-30T16:00:00Z'));
    expect(firstDueAt(cycle({ ...pause, at: startedAt }), geneva)).toBeNull();
  });

  it('always ends on the deadline that the clock shows', () => {
    const minute = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => startedAt + minutes * 60_000);
    const reason = fc.constantFrom('suspended', 'awaiting_state');
    const signal: fc.Arbitrary<ClockSignal> = fc.oneof(
      fc.record({ at: minute, type: fc.constant('pause' as const), reason }),
      fc.record({ at: minute, type: fc.constant('resume' as const), reason }),
      fc.record({
        at: minute,
        type: fc.constant('retarget' as const),
        targetMs: fc.integer({ min: HOUR, max: 90 * HOUR }),
      }),
      fc.record({ at: minute, type: fc.constant('stop' as const) }),
    );
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 8 }), minute, minute, (signals, asOf, from) => {
        const history: CalendarHistory = [...geneva, { from, calendar: later(30) }];
        expect(dueMoves(cycle(...signals), history, asOf).at(-1)?.dueAt).toBe(
          readClock(cycle(...signals), history, asOf).dueAt,
        );
      }),
    );
  });
});
