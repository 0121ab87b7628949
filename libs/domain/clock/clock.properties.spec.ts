import fc from 'fast-check';

import { type AnyClock, clockIn, dateNear, inEveryZone, span, withHoliday } from '../../../test/support/any-clock.js';
import { nextOpening } from '../calendar/open-time.js';
import { readClock, type ClockSignal } from './clock.js';

/** A clock and the instant of something more that happens to it. */
const clockAndInstant = (zone: string): fc.Arbitrary<AnyClock & { then: number }> =>
  fc.tuple(clockIn(zone), span).map(([clock, after]) => ({ ...clock, then: clock.start + after }));

/** A clock to which nothing has happened. */
const quietIn = (zone: string): fc.Arbitrary<AnyClock & { then: number }> =>
  clockAndInstant(zone).map((clock) => ({ ...clock, cycle: { ...clock.cycle, signals: [] } }));

describe('whatever happens to a clock, in every zone, 1990 to 2060', () => {
  it('a pause that is resumed at once changes nothing', () => {
    inEveryZone(clockAndInstant, ({ history, cycle, late, then }) => {
      const blink = (['pause', 'resume'] as const).map((type): ClockSignal => ({ at: then, type, reason: 'x' }));
      const blinked = { ...cycle, signals: [...cycle.signals, ...blink] };
      expect(readClock(blinked, history, late)).toEqual(readClock(cycle, history, late));
    });
  });

  it('a change to the same target changes nothing but the looks', () => {
    inEveryZone(quietIn, ({ history, cycle, late, then }) => {
      const signals: ClockSignal[] = [{ at: then, type: 'retarget', targetMs: cycle.targetMs }];
      expect(readClock({ ...cycle, signals }, history, late)).toEqual(readClock(cycle, history, late));
    });
  });

  it('elapsed time and breaches are never taken back', () => {
    inEveryZone(clockIn, ({ history, cycle, early, late }) => {
      const [before, after] = [early, late].map((at) => readClock(cycle, history, at));
      expect(after!.elapsedMs).toBeGreaterThanOrEqual(before!.elapsedMs);
      if (before!.breachedAt !== null && before!.stoppedAt === null) {
        expect(after!.breachedAt).toBe(before!.breachedAt);
      }
    });
  });

  it('a running clock breaches at the instant that it showed', () => {
    inEveryZone(quietIn, ({ history, cycle, early }) => {
      const dueAt = readClock(cycle, history, early).dueAt!;
      expect(readClock(cycle, history, dueAt)).toMatchObject({ state: 'breached', breachedAt: dueAt });
      const before = readClock(cycle, history, dueAt - 1);
      expect(before).toMatchObject({ state: 'running', dueAt });
      if (!cycle.graceUntil) expect(before.openMsLeft).toBe(1);
    });
  });

  it('a stop is in time until the instant that was shown, and no later', () => {
    inEveryZone(quietIn, ({ history, cycle, start }) => {
      const dueAt = readClock(cycle, history, start).dueAt!;
      const stoppedAt = (at: number): string =>
        readClock({ ...cycle, signals: [{ at, type: 'stop' }] }, history, at).state;
      expect([stoppedAt(dueAt - 1), stoppedAt(dueAt), stoppedAt(dueAt + 1)]).toEqual(['met', 'met', 'breached']);
    });
  });

  it('a clock paused the moment before its deadline is not late while it is paused, whatever its grace', () => {
    inEveryZone(quietIn, ({ history, cycle, start, late }) => {
      const at = readClock(cycle, history, start).dueAt! - 1;
      const resumedAt = at + 1 + (late - start);
      const pause: ClockSignal = { at, type: 'pause', reason: 'awaiting_state' };
      const paused = { ...cycle, signals: [pause] };
      expect(readClock(paused, history, resumedAt)).toMatchObject({ state: 'paused', dueAt: null, breachedAt: null });
      const resumed = { ...cycle, signals: [pause, { ...pause, at: resumedAt, type: 'resume' as const }] };
      expect(readClock(resumed, history, resumedAt).dueAt).toBeGreaterThanOrEqual(resumedAt);
    });
  });

  it('a holiday more never makes it late, or earlier due', () => {
    const holiday = (zone: string) => fc.tuple(clockAndInstant(zone), fc.integer({ min: -2, max: 20 }));
    inEveryZone(holiday, ([{ history, start, cycle, late, then }, day]) => {
      const before = readClock(cycle, history, late);
      const after = readClock(cycle, withHoliday(history, then, dateNear(start, day)), late);
      expect(after.elapsedMs).toBeLessThanOrEqual(before.elapsedMs);
      expect(after.dueAt ?? Infinity).toBeGreaterThanOrEqual(before.dueAt ?? 0);
      expect(after.breachedAt ?? Infinity).toBeGreaterThanOrEqual(before.breachedAt ?? Infinity);
    });
  });

  it('grace makes of a deadline the first opening from it on', () => {
    inEveryZone(clockAndInstant, ({ history, start, cycle: { targetMs }, then }) => {
      const cycle = { startedAt: start, targetMs, signals: [] };
      const due = readClock(cycle, history, then).dueAt!;
      const grace = readClock({ ...cycle, graceUntil: 'next_open' }, history, then).dueAt;
      expect(grace).toBe(nextOpening(history, due));
    });
  });
});
