import { always, type WorkingCalendar } from '../calendar/calendar.js';
import { instantAtElapsed, readClock, type ClockReading, type ClockSignal } from './clock.js';
import { retargetedMs } from './retarget.js';

const HOUR = 3_600_000;
const HOURS: [string, string][] = [['09:00', '17:00']];
const office: WorkingCalendar = {
  id: 'office',
  version: 1,
  timezone: 'UTC',
  weeklyHours: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS },
  holidays: [],
  annualHolidays: [],
  specialHours: {},
};
const history = always(office);
const at = (time: string): number => Date.parse(`2026-06-${time}Z`);

/** Eight open hours from Monday 1 June, 09:00. */
const cycle = (...signals: ClockSignal[]) => ({ startedAt: at('01T09:00'), targetMs: 8 * HOUR, signals });
const read = (asOf: string, ...signals: ClockSignal[]): ClockReading => readClock(cycle(...signals), history, at(asOf));

const pause = (time: string, reason?: string): ClockSignal => ({ at: at(time), type: 'pause', reason });
const resume = (time: string, reason?: string): ClockSignal => ({ at: at(time), type: 'resume', reason });
const stop = (time: string): ClockSignal => ({ at: at(time), type: 'stop', evidence: 'message 7' });
const end = (time: string, cause = 'closed'): ClockSignal => ({ at: at(time), type: 'end', cause });
const retarget = (time: string, hours: number): ClockSignal => ({
  at: at(time),
  type: 'retarget',
  targetMs: hours * HOUR,
});

describe('a clock', () => {
  it('is due at closing time, not at the next opening', () => {
    expect(read('01T10:00')).toMatchObject({ state: 'running', dueAt: at('01T17:00'), openMsLeft: 7 * HOUR });
  });

  it('is met by an answer at the deadline itself', () => {
    expect(read('09T00:00', stop('01T17:00'))).toMatchObject({
      state: 'met',
      stoppedAt: at('01T17:00'),
      evidence: 'message 7',
      openMsLeft: null,
    });
  });

  it('is breached by an answer after closing, with no open time overrun', () => {
    expect(read('09T00:00', stop('01T20:00'))).toMatchObject({
      state: 'breached',
      breachedAt: at('01T17:00'),
      breachCause: 'deadline',
      overrunOpenMs: 0,
      overrunWallMs: 3 * HOUR,
    });
  });

  it('shows what it has lost while it is late', () => {
    expect(read('02T11:00')).toMatchObject({ state: 'breached', openMsLeft: -2 * HOUR, overrunOpenMs: 2 * HOUR });
  });

  it('does not know what happens later', () => {
    expect(read('01T10:00', stop('01T11:00'))).toMatchObject({ state: 'running', stoppedAt: null });
  });

  it('carries on the time of an earlier cycle', () => {
    const carried = { ...cycle(), carriedMs: 5 * HOUR };
    expect(readClock(carried, history, at('01T10:00')).dueAt).toBe(at('01T12:00'));
    expect(instantAtElapsed(carried, history, 6 * HOUR, at('01T09:00'))).toBe(at('01T10:00'));
  });

  it('is late from its start when the carried time is used up', () => {
    const carried = { ...cycle(), carriedMs: 9 * HOUR };
    expect(readClock(carried, history, at('01T10:00'))).toMatchObject({ breachedAt: at('01T09:00') });
  });

  it('ends without a verdict when the case closes or is merged', () => {
    expect(read('09T00:00', end('01T12:00', 'merged'))).toMatchObject({
      state: 'stopped',
      dueAt: null,
      endCause: 'merged',
    });
  });

  it('stays breached when it ends after its deadline', () => {
    expect(read('09T00:00', end('02T12:00'))).toMatchObject({ state: 'breached', overrunOpenMs: 3 * HOUR });
  });

  it('goes on where it was when the case reopens', () => {
    expect(read('03T12:00', end('01T12:00'), { at: at('03T10:00'), type: 'reopen' }).dueAt).toBe(at('03T15:00'));
  });

  it('keeps its deadline when the calendar changes after it was stopped', () => {
    const later = [...history, { from: at('01T11:00'), calendar: { ...office, version: 2, holidays: ['2026-06-01'] } }];
    expect(readClock(cycle(stop('01T10:00')), later, at('09T00:00')).dueAt).toBe(at('01T17:00'));
  });
});

describe('pauses', () => {
  it('are a set: the clock runs again when the last has ended', () => {
    const signals = [
      pause('01T10:00', 'legal_hold'),
      pause('01T11:00', 'awaiting_state'),
      resume('01T12:00', 'legal_hold'),
    ];
    expect(read('01T13:00', ...signals)).toMatchObject({
      state: 'paused',
      dueAt: null,
      pausedSince: at('01T10:00'),
      pauseReasons: ['awaiting_state'],
    });
    expect(read('01T16:00', ...signals, resume('01T15:00', 'awaiting_state')).dueAt).toBe(at('02T14:00'));
  });

  it('end by the resume that names them, reason and owner', () => {
    const owned: ClockSignal = { at: at('01T10:00'), type: 'pause', reason: 'legal_hold', owner: 'AT' };
    expect(read('01T13:00', owned, resume('01T11:00', 'legal_hold')).state).toBe('paused');
    expect(read('01T13:00', owned, { ...owned, at: at('01T11:00'), type: 'resume' }).state).toBe('running');
  });

  it('hide the date of a clock that was late before', () => {
    expect(read('02T11:00', pause('02T10:00'))).toMatchObject({
      state: 'paused',
      dueAt: null,
      breachedAt: at('01T17:00'),
    });
  });

  it('come too late at the instant of the deadline', () => {
    expect(read('02T11:00', pause('01T17:00'))).toMatchObject({ breachedAt: at('01T17:00'), dueAt: at('01T17:00') });
  });

  it('end with the case, and are refused once it is closed', () => {
    const reopened: ClockSignal = { at: at('01T14:00'), type: 'reopen' };
    const closed = [pause('01T10:00'), end('01T11:00'), pause('01T12:00')];
    expect(read('01T15:00', ...closed, reopened)).toMatchObject({ state: 'running', elapsedMs: 2 * HOUR });
  });
});

describe('a change of target', () => {
  it('is never back-dated', () => {
    expect(read('01T16:00', retarget('01T13:00', 4))).toMatchObject({
      breachedAt: at('01T13:00'),
      breachCause: 'retarget',
      dueAt: at('01T13:00'),
      overrunOpenMs: 3 * HOUR,
    });
  });

  it('does not heal a breach', () => {
    expect(read('02T10:00', retarget('02T09:30', 24))).toMatchObject({
      state: 'breached',
      breachedAt: at('01T17:00'),
      dueAt: at('03T17:00'),
      overrunOpenMs: 0,
    });
  });

  it('while paused is looked at when the clock runs again', () => {
    const signals = [pause('01T13:00'), retarget('01T14:00', 2)];
    expect(read('01T15:00', ...signals).breachedAt).toBeNull();
    expect(read('01T16:00', ...signals, resume('01T15:30'))).toMatchObject({
      breachedAt: at('01T15:30'),
      breachCause: 'retarget',
    });
  });

  it('at the instant of a stop leaves the clock met', () => {
    expect(read('02T10:00', retarget('01T13:00', 2), stop('01T13:00')).state).toBe('met');
  });

  it('keeps the elapsed time, starts afresh or keeps the share that is left, by policy', () => {
    const clock = { elapsedMs: 2 * HOUR, targetMs: 8 * HOUR };
    expect(retargetedMs(clock, 4 * HOUR)).toBe(4 * HOUR);
    expect(retargetedMs(clock, 4 * HOUR, { retarget: 'from_now' })).toBe(6 * HOUR);
    expect(retargetedMs(clock, 4 * HOUR, { retarget: 'keep_remaining_percent' })).toBe(5 * HOUR);
    expect(retargetedMs(clock, HOUR, { retarget: 'from_start', minRunwayMs: HOUR })).toBe(3 * HOUR);
  });
});

describe('the instant at which so much time has elapsed', () => {
  it('is remembered when it is past, foreseen when it is to come', () => {
    const paused = cycle(pause('01T11:00'), resume('01T12:00'));
    expect(instantAtElapsed(paused, history, HOUR, at('01T16:00'))).toBe(at('01T10:00'));
    expect(instantAtElapsed(paused, history, 0.75 * paused.targetMs, at('01T12:00'))).toBe(at('01T16:00'));
  });

  it('is unknown while the clock is paused or after it was stopped', () => {
    expect(instantAtElapsed(cycle(pause('01T11:00')), history, 6 * HOUR, at('01T12:00'))).toBeNull();
    expect(instantAtElapsed(cycle(stop('01T11:00')), history, 6 * HOUR, at('05T12:00'))).toBeNull();
  });
});
