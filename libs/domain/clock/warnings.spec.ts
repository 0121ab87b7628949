import { always } from '../calendar/calendar.js';
import { GENEVA } from '../calendar/geneva.js';
import type { ClockSignal } from './clock.js';
import { nextWarning, warningsFired, type Threshold } from './warnings.js';

const HOUR = 3_600_000;
const history = always({ ...GENEVA, timezone: 'UTC' });
const at = (time: string): number => Date.parse(`2026-06-${time}Z`);
const LEVELS: Threshold[] = [{ percent: 50 }, { percent: 75 }, { openMsBefore: HOUR }];

/** Eight open hours from Monday 1 June, 09:00: half at 13:00, three quarters at 15:00, an hour left at 16:00. */
const cycle = (...signals: ClockSignal[]) => ({ startedAt: at('01T09:00'), targetMs: 8 * HOUR, signals });
const fired = (...signals: ClockSignal[]): [string, Threshold][] =>
  warningsFired(cycle(...signals), history, LEVELS, at('09T00:00')).map(({ at, threshold }) => [
    new Date(at).toISOString().slice(8, 16),
    threshold,
  ]);

describe('warnings', () => {
  it('fire once each, in order', () => {
    expect(fired()).toEqual([
      ['01T13:00', { percent: 50 }],
      ['01T15:00', { percent: 75 }],
      ['01T16:00', { openMsBefore: HOUR }],
    ]);
  });

  it('fire at the instant of a pause, not at that of a stop', () => {
    expect(fired({ at: at('01T13:00'), type: 'pause' })).toHaveLength(1);
    expect(fired({ at: at('01T13:00'), type: 'stop' })).toHaveLength(0);
  });

  it('that a smaller target has passed fire at the change, the highest alone', () => {
    const [, change] = warningsFired(
      cycle({ at: at('01T14:30'), type: 'retarget', targetMs: 6 * HOUR }),
      history,
      LEVELS,
      at('01T14:30'),
    );
    expect(change).toMatchObject({
      at: at('01T14:30'),
      threshold: { openMsBefore: HOUR },
      superseded: LEVELS.slice(0, 2).reverse(),
    });
  });

  it('that a smaller target has passed during a pause fire when the clock runs again', () => {
    const signals: ClockSignal[] = [
      { at: at('01T12:30'), type: 'pause' },
      { at: at('01T13:00'), type: 'retarget', targetMs: 6 * HOUR },
      { at: at('01T14:00'), type: 'resume' },
      { at: at('01T14:01'), type: 'stop' },
    ];
    expect(fired(...signals)).toEqual([['01T14:00', { percent: 50 }]]);
  });

  it('are silent at a breach', () => {
    expect(fired({ at: at('01T12:30'), type: 'retarget', targetMs: HOUR })).toEqual([]);
  });

  it('fire again under a larger target, except those behind', () => {
    const extended: ClockSignal = { at: at('01T15:30'), type: 'retarget', targetMs: 12 * HOUR };
    expect(fired(extended).map(([time]) => time)).toEqual(['01T13:00', '01T15:00', '02T10:00', '02T12:00']);
  });

  it('say when the next is to be expected', () => {
    expect(nextWarning(cycle(), history, LEVELS, at('01T13:00'))).toBe(at('01T15:00'));
    expect(nextWarning(cycle(), history, LEVELS, at('01T16:00'))).toBeNull();
    expect(nextWarning(cycle({ at: at('01T10:00'), type: 'pause' }), history, LEVELS, at('01T11:00'))).toBeNull();
  });
});
