import { readFileSync } from 'node:fs';

import { always, type WorkingCalendar } from '../calendar/calendar.js';
import { readClock, type ClockReading, type ClockSignal } from './clock.js';
import { explainClock } from './explanation.js';
import { explanationLines } from './explanation-words.js';
import { toHistory, toSignals, type VectorCalendar, type VectorEvent } from './vector-events.js';

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
const at = (time: string): number => Date.parse(`2026-06-${time}Z`);

/** Eight open hours from Monday 1 June, 09:00: used up at 17:00, so due on Tuesday at 09:00. */
const cycle = (signals: ClockSignal[], targetMs = 8 * HOUR) => ({
  ...{ startedAt: at('01T09:00'), targetMs, signals },
  graceUntil: 'next_open' as const,
});
const read = (asOf: string, ...signals: ClockSignal[]): ClockReading =>
  readClock(cycle(signals), always(office), at(asOf));

const pause = (time: string): ClockSignal => ({ at: at(time), type: 'pause', reason: 'awaiting_state' });
const resume = (time: string): ClockSignal => ({ at: at(time), type: 'resume', reason: 'awaiting_state' });
const stop = (time: string): ClockSignal => ({ at: at(time), type: 'stop' });
const reopen = (time: string): ClockSignal => ({ at: at(time), type: 'reopen' });
const retarget = (time: string, hours: number): ClockSignal => ({
  ...{ at: at(time), type: 'retarget', targetMs: hours * HOUR },
});

interface DueVector {
  id: string;
  calendar: VectorCalendar;
  start: string;
  events: VectorEvent[];
  duration_seconds: number;
  expected_due: string | null;
  source_expected_due?: string;
}

describe('a clock whose policy gives grace until the next opening', () => {
  it('is due at the next opening in place of closing time, before, at and after', () => {
    expect(read('01T10:00')).toMatchObject({ state: 'running', dueAt: at('02T09:00'), openMsLeft: 7 * HOUR });
    expect(read('01T20:00')).toMatchObject({ state: 'running', dueAt: at('02T09:00'), openMsLeft: 0 });
    expect(read('02T11:00')).toMatchObject({
      ...{ state: 'breached', dueAt: at('02T09:00'), breachedAt: at('02T09:00'), breachCause: 'deadline' },
      ...{ overrunOpenMs: 2 * HOUR, overrunWallMs: 2 * HOUR },
    });
  });

  it('is due within opening hours where any clock would be', () => {
    const five = cycle([], 5 * HOUR);
    expect(readClock(five, always(office), at('01T10:00')).dueAt).toBe(at('01T14:00'));
    expect(readClock(five, always(office), at('01T14:00')).breachedAt).toBe(at('01T14:00'));
  });

  it('is met in the evening and at the opening itself, and not a millisecond later', () => {
    expect(read('09T00:00', stop('01T20:00'))).toMatchObject({ state: 'met', dueAt: at('02T09:00') });
    expect(read('09T00:00', stop('02T09:00'))).toMatchObject({ state: 'met', dueAt: at('02T09:00') });
    expect(read('09T00:00', stop('02T09:00:00.001'))).toMatchObject({ state: 'breached', overrunOpenMs: 1 });
  });

  it('cannot breach while it is paused over that opening', () => {
    const evening = [pause('01T20:00'), resume('02T20:00')];
    expect(read('02T11:00', ...evening)).toMatchObject({ state: 'paused', dueAt: null, breachedAt: null });
    expect(read('02T21:00', ...evening)).toMatchObject({ state: 'running', dueAt: at('03T09:00') });
    expect(read('04T00:00', ...evening)).toMatchObject({ breachedAt: at('03T09:00'), breachCause: 'deadline' });
  });

  it('that runs again within opening hours is due then', () => {
    const signals = [pause('01T20:00'), resume('02T10:00')];
    expect(read('02T11:00', ...signals)).toMatchObject({ breachedAt: at('02T10:00'), dueAt: at('02T10:00') });
    expect(read('02T11:00', ...signals, stop('02T10:00')).state).toBe('met');
  });

  it('is paused too late at the opening, as at any deadline', () => {
    expect(read('02T11:00', pause('02T09:00'))).toMatchObject({ breachedAt: at('02T09:00'), dueAt: at('02T09:00') });
  });

  it('gets a new deadline from a larger target, and keeps it for one that is used up', () => {
    expect(read('01T21:00', retarget('01T20:00', 10)).dueAt).toBe(at('02T11:00'));
    expect(read('01T21:00', retarget('01T20:00', 2)).dueAt).toBe(at('02T09:00'));
    expect(read('01T12:30', retarget('01T12:00', 2))).toMatchObject({ breachedAt: at('01T12:00') });
  });

  it('says that a change of target made it late, when that is why', () => {
    const night = readClock(cycle([retarget('01T20:00', 4)], 16 * HOUR), always(office), at('02T10:00'));
    expect(night).toMatchObject({ breachedAt: at('02T09:00'), breachCause: 'retarget' });
    const eased = [retarget('01T12:00', 8), pause('01T20:00'), resume('01T21:00')];
    expect(read('02T10:00', ...eased)).toMatchObject({ breachedAt: at('02T09:00'), breachCause: 'deadline' });
  });

  it('goes on to the next opening when its case is reopened at night', () => {
    expect(read('02T11:00', stop('01T20:00'), reopen('02T20:00')).state).toBe('met');
    expect(read('02T21:00', stop('01T20:00'), reopen('02T20:00')).dueAt).toBe(at('03T09:00'));
    const closed: ClockSignal = { at: at('01T20:00'), type: 'end', cause: 'closed' };
    expect(read('02T11:00', closed)).toMatchObject({ state: 'stopped', dueAt: null });
    expect(read('02T21:00', closed, reopen('02T20:00')).dueAt).toBe(at('03T09:00'));
  });

  it('keeps the deadline that it showed when a holiday is announced after its stop', () => {
    const holiday = { ...office, version: 2, holidays: ['2026-06-02'] };
    const later = [...always(office), { from: at('01T21:00'), calendar: holiday }];
    expect(readClock(cycle([stop('01T20:00')]), later, at('09T00:00')).dueAt).toBe(at('02T09:00'));
    expect(readClock(cycle([]), later, at('01T22:00')).dueAt).toBe(at('03T09:00'));
  });

  it('says so in its explanation', () => {
    const explanation = explainClock(cycle([]), always(office), at('01T20:00'));
    const lines = explanationLines(explanation, { open: 'PT8H' }, { policy: 'p', tzdb: 't' });
    const due = 'Due on Tue 2 Jun 2026, 09:00 (UTC), the first open instant once the target is used up.';
    expect(lines.find(({ section }) => section === '2.4')?.text).toContain(due);
    expect(explanation.graceUntil).toBe('next_open');
  });

  it.each(['zammad-09', 'biz-09'])('answers as the source of %s does', (id) => {
    const all = JSON.parse(readFileSync('test/vectors/sla_vectors.json', 'utf8')) as DueVector[];
    const vector = all.find((one) => one.id.startsWith(id))!;
    const { calendar, start, events, duration_seconds } = vector;
    const plain = { startedAt: Date.parse(start), targetMs: duration_seconds * 1000, signals: toSignals(events) };
    const due = (grace?: 'next_open'): number | null =>
      readClock({ ...plain, graceUntil: grace }, toHistory(calendar, events), Date.parse(events.at(-1)?.at ?? start))
        .dueAt;
    expect(due()).toBe(Date.parse(vector.expected_due!));
    expect(due('next_open')).toBe(Date.parse(vector.source_expected_due!));
  });
});
