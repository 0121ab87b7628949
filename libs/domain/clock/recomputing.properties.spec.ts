import fc from 'fast-check';

import { type AnyClock, clockIn, dateNear, inEveryZone, span } from '../../../test/support/any-clock.js';
import type { CalendarHistory } from '../calendar/calendar.js';
import { RUNNING_ZONES } from '../calendar/zone-source.js';
import { withZones } from '../calendar/zone.js';
import { readClock, type ClockSignal } from './clock.js';

type Clock = Pick<AnyClock, 'history' | 'cycle'>;

/** The reading to the last byte, at an instant. */
const bytes = ({ history, cycle }: Clock, at: number): string => JSON.stringify(readClock(cycle, history, at));
const withSignals = (clock: AnyClock, signals: ClockSignal[]): AnyClock => ({
  ...clock,
  cycle: { ...clock.cycle, signals },
});

/** The clock, and its signals in any order in which those of one instant keep theirs. */
const shuffled = (zone: string): fc.Arbitrary<{ clock: AnyClock; signals: ClockSignal[] }> =>
  clockIn(zone).chain((clock) => {
    const { signals } = clock.cycle;
    return fc.shuffledSubarray(signals, { minLength: signals.length }).map((drawn) => {
      const seq = new Map(signals.map((signal, index) => [signal, index]));
      const ofInstant = (at: number): ClockSignal[] =>
        drawn.filter((one) => one.at === at).sort((a, b) => seq.get(a)! - seq.get(b)!);
      const left = new Map(drawn.map(({ at }) => [at, ofInstant(at)]));
      return { clock, signals: drawn.map(({ at }) => left.get(at)!.shift()!) };
    });
  });

const REASONS = ['awaiting_state', 'awaiting_partner', 'legal_hold', 'force_majeure'];
const inAnyOrder = fc.shuffledSubarray(REASONS, { minLength: REASONS.length });

/** Pauses that begin together and, but for one, end together: in two orders. */
const pausesTogether = (zone: string) =>
  fc.record({ clock: clockIn(zone), orders: fc.tuple(inAnyOrder, inAnyOrder), paused: span, resumed: span });

/** The same calendars, holidays and signals in new objects, about which nothing is remembered. */
const afresh = ({ history, cycle }: Clock): Clock => structuredClone({ history: [...history], cycle });

describe('the verdict from a log, in every zone, 1990 to 2060', () => {
  it('does not depend on the order in which signals of different instants arrive', () => {
    inEveryZone(shuffled, ({ clock, signals }) => {
      for (const at of [clock.early, clock.late]) expect(bytes(withSignals(clock, signals), at)).toBe(bytes(clock, at));
    });
  });

  it('does not depend on the order of pauses that begin or end at one instant', () => {
    inEveryZone(pausesTogether, ({ clock, orders, paused, resumed }) => {
      const [one, other] = orders.map((reasons) => {
        const pauses = reasons.map((reason): ClockSignal => ({ at: clock.start + paused, type: 'pause', reason }));
        const ended = reasons.filter((reason) => reason !== 'legal_hold');
        const resumes = ended.map((reason): ClockSignal => ({ at: clock.start + resumed, type: 'resume', reason }));
        return bytes(withSignals(clock, [...clock.cycle.signals, ...pauses, ...resumes]), clock.late);
      });
      expect(other).toBe(one);
    });
  });

  it('does not depend on how often a signal is delivered', () => {
    inEveryZone(clockIn, (clock) => {
      const twice = clock.cycle.signals.flatMap((signal) => [signal, { ...signal }]);
      for (const at of [clock.early, clock.late]) expect(bytes(withSignals(clock, twice), at)).toBe(bytes(clock, at));
    });
  });

  it('is the same to the byte from new objects, after other work, and with nothing remembered of the zone', () => {
    inEveryZone(clockIn, (clock) => {
      const first = bytes(clock, clock.late);
      bytes(clock, clock.early);
      expect(bytes(clock, clock.late)).toBe(first);
      expect(bytes(afresh(clock), clock.late)).toBe(first);
      expect(withZones({ ...RUNNING_ZONES }, () => bytes(clock, clock.late))).toBe(first);
    });
  });

  it('does not change once it is given, however late it is read and whatever the calendar becomes', () => {
    inEveryZone(clockIn, (clock) => {
      const after = Math.max(clock.late, ...clock.cycle.signals.map(({ at }) => at));
      const stopped = withSignals(clock, [...clock.cycle.signals, { at: after, type: 'stop' }]);
      const verdict = bytes(stopped, after);
      expect(bytes(stopped, after + 400 * 86_400_000)).toBe(verdict);
      const holidays = Array.from({ length: 40 }, (_, day) => dateNear(after, day));
      const last = stopped.history.at(-1)!.calendar;
      const changed: CalendarHistory = [
        ...stopped.history.filter(({ from }) => from <= after),
        { from: after + 1, calendar: { ...last, version: 9, holidays: [...last.holidays, ...holidays] } },
      ];
      expect(bytes({ ...stopped, history: changed }, after + 400 * 86_400_000)).toBe(verdict);
    });
  });
});
