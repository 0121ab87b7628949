import fc from 'fast-check';
import { always, type CalendarHistory, type WorkingCalendar } from '../calendar/calendar.js';
import { GENEVA } from '../calendar/geneva.js';
import { explainClock } from './explanation.js';
import { explanationLines, groupByHours } from './explanation-words.js';
import type { ClockSignal } from './signals.js';
import { resolveTarget, type Target } from './target.js';

const HOUR = 3_600_000;
const geneva = always(GENEVA);
const at = (text: string): number => Date.parse(text);
const sum = (spans: readonly { openMs: number }[]): number => spans.reduce((total, { openMs }) => total + openMs, 0);
const target: Target = { workingDays: 2, at: 'close' };
const startedAt = at('2026-11-26T09:00:00Z');
const cycle = (...signals: ClockSignal[]) => ({
  startedAt,
  targetMs: resolveTarget(target, startedAt, geneva),
  signals,
});
const words = (asOf: string, ...signals: ClockSignal[]): string =>
  explanationLines(explainClock(cycle(...signals), geneva, at(asOf)), target, {
    policy: 'policy version 1',
    tzdb: '2026a',
  })
    .map(({ section, text }) => `${section} ${text}`)
    .join('\n');

describe('the explanation of a deadline', () => {
  it('lists what has counted and what is still to count, up to the deadline', () => {
    const { counted, ahead, reading } = explainClock(cycle(), geneva, at('2026-11-27T12:00:00Z'));
    expect(counted.map(({ openMs }) => openMs / HOUR)).toEqual([7, 4]);
    expect(ahead.map(({ openMs }) => openMs / HOUR)).toEqual([4, 8]);
    expect(ahead.at(-1)?.to).toBe(reading.dueAt);
  });

  it('says how much open time a pause took, and why', () => {
    const pause: ClockSignal = { at: at('2026-11-26T15:00:00Z'), type: 'pause', reason: 'awaiting_state' };
    const resume: ClockSignal = { at: at('2026-11-30T09:00:00Z'), type: 'resume', reason: 'awaiting_state' };
    const { pauses } = explainClock(cycle(pause, resume), geneva, at('2026-12-01T09:00:00Z'));
    expect(pauses).toEqual([{ from: pause.at, to: resume.at, reasons: ['awaiting_state'], openMs: 10 * HOUR }]);
    expect(words('2026-12-01T09:00:00Z', pause, resume)).toContain(
      'Paused from Thu 26 Nov 2026, 16:00 (Europe/Zurich) to Mon 30 Nov 2026, 10:00 (Europe/Zurich) (awaiting state): 10 h of open time did not count.',
    );
  });

  it('gives no date while the clock is paused', () => {
    const pause: ClockSignal = { at: at('2026-11-26T15:00:00Z'), type: 'pause', reason: 'suspended' };
    expect(words('2026-12-01T09:00:00Z', pause)).toContain(
      'No deadline while it is paused: 17 h of open time are left.',
    );
  });

  it('names the rule, the section, the calendar, the policy and the time-zone data', () => {
    const text = words('2026-11-27T12:00:00Z');
    expect(text).toContain('2.1 Promised: 2 working days. The date of the start is not counted');
    expect(text).toContain('2.4 Due on Mon 30 Nov 2026, 17:00 (Europe/Zurich)');
    expect(text).toContain('calendar geneva version 1 (Europe/Zurich); policy version 1; time-zone data 2026a');
  });

  it('says since when a late clock is late, and when it was stopped', () => {
    const stop: ClockSignal = { at: at('2026-12-02T09:00:00Z'), type: 'stop' };
    expect(words('2026-12-03T09:00:00Z', stop)).toContain(
      'Late since Mon 30 Nov 2026, 17:00 (Europe/Zurich), at its deadline. It was stopped on Wed 2 Dec 2026, 10:00',
    );
  });

  it('keeps what counted up to the deadline apart from the time after it, and says both kinds of lateness', () => {
    const stop: ClockSignal = { at: at('2026-12-01T19:00:00Z'), type: 'stop' };
    const { counted, overrun, targetMs } = explainClock(cycle(stop), geneva, at('2026-12-03T09:00:00Z'));
    expect([sum(counted), sum(overrun)]).toEqual([targetMs, 8 * HOUR]);
    expect(words('2026-12-03T09:00:00Z', stop)).toContain(
      '2.4 Late by 27 h by the clock on the wall; of open time: 8 h. Tue 1 Dec 2026 09:00–17:00 (8 h).',
    );
  });

  it('says of an answer after closing time that no open time was missed', () => {
    const stop: ClockSignal = { at: at('2026-11-30T19:00:00Z'), type: 'stop' };
    expect(words('2026-12-03T09:00:00Z', stop)).toContain('Late by 3 h by the clock on the wall; of open time: none.');
  });

  it('reads days in a row with the same hours as one entry', () => {
    const long = { ...cycle(), targetMs: 60 * HOUR };
    const groups = groupByHours(explainClock(long, geneva, at('2026-12-04T20:00:00Z')).counted);
    expect(groups.map(({ days, hours }) => [days, hours])).toEqual([
      [1, '10:00–17:00'],
      [6, '09:00–17:00'],
    ]);
  });

  it('names both versions of a calendar that changed while the clock ran', () => {
    const shorter: WorkingCalendar = {
      ...GENEVA,
      version: 2,
      weeklyHours: { ...GENEVA.weeklyHours, fri: [['09:00', '12:00']] },
    };
    const history: CalendarHistory = [...geneva, { from: at('2026-11-27T00:00:00Z'), calendar: shorter }];
    const lines = explanationLines(explainClock(cycle(), history, at('2026-11-30T12:00:00Z')), target, {
      policy: 'p',
      tzdb: 't',
    });
    expect(lines.at(-1)?.text).toContain('version 1 (Europe/Zurich), then calendar geneva version 2');
  });

  it('adds up: what counted is the elapsed time, and with what is ahead it is the target', () => {
    const minute = fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => startedAt + minutes * 60_000);
    const signal: fc.Arbitrary<ClockSignal> = fc.oneof(
      fc.record({
        at: minute,
        type: fc.constant('pause' as const),
        reason: fc.constantFrom('suspended', 'awaiting_state'),
      }),
      fc.record({
        at: minute,
        type: fc.constant('resume' as const),
        reason: fc.constantFrom('suspended', 'awaiting_state'),
      }),
      fc.record({
        at: minute,
        type: fc.constant('retarget' as const),
        targetMs: fc.integer({ min: HOUR, max: 200 * HOUR }),
      }),
      fc.record({ at: minute, type: fc.constant('stop' as const) }),
      fc.record({ at: minute, type: fc.constant('reopen' as const) }),
    );
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 8 }), minute, (signals, asOf) => {
        const { counted, overrun, ahead, carriedMs, reading } = explainClock(cycle(...signals), geneva, asOf);
        expect(sum(counted) + sum(overrun) + carriedMs).toBe(reading.elapsedMs);
        if (reading.breachedAt !== null) expect(sum(overrun)).toBe(reading.overrunOpenMs);
        if (ahead.length) expect(sum(counted) + sum(ahead) + carriedMs).toBe(reading.targetMs);
      }),
    );
  });
});
