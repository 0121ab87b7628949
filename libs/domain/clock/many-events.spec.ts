import { always, type CalendarHistory, type WorkingCalendar } from '../calendar/calendar.js';
import { RUNNING_ZONES, type ZoneSource } from '../calendar/zone-source.js';
import { withZones } from '../calendar/zone.js';
import { readClock, type ClockCycle, type ClockSignal } from './clock.js';
import { traceClock } from './trace.js';
import { warningsFired } from './warnings.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS: [string, string][] = [
  ['08:30', '12:00'],
  ['13:30', '17:30'],
];
const office: WorkingCalendar = {
  id: 'office',
  version: 1,
  timezone: 'Europe/Zurich',
  weeklyHours: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS },
  holidays: [],
  annualHolidays: [],
  specialHours: {},
};
const everyHour: WorkingCalendar = {
  ...office,
  weeklyHours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  ),
};
const started = Date.parse('2026-06-01T07:00Z');

/** So many pauses of a minute, each followed by a minute in which the clock runs. */
const pairs = (count: number): ClockSignal[] =>
  Array.from({ length: count }, (_, pair): ClockSignal[] => [
    { at: started + 2 * pair * MINUTE, type: 'pause', reason: 'awaiting_state' },
    { at: started + (2 * pair + 1) * MINUTE, type: 'resume', reason: 'awaiting_state' },
  ]).flat();
const clock = (count: number): ClockCycle => ({ startedAt: started, targetMs: 1_000 * HOUR, signals: pairs(count) });
const endOf = (count: number): number => started + 2 * count * MINUTE;

/** Elapsed time when the log is cut at instants and each piece goes on with what the one before had used. */
function elapsedInPieces(whole: ClockCycle, history: CalendarHistory, cuts: readonly number[], at: number): number {
  let [startedAt, carriedMs, inForce]: [number, number, ClockSignal[]] = [whole.startedAt, 0, []];
  for (const to of [...cuts, at]) {
    const since = startedAt;
    const recorded = whole.signals.filter((one) => one.at <= to && (one.at > since || since === whole.startedAt));
    const piece = { startedAt, carriedMs, targetMs: whole.targetMs, signals: [...inForce, ...recorded] };
    const reading = readClock(piece, history, to);
    inForce = reading.pauseReasons.map((reason) => ({ at: to, type: 'pause', reason }));
    [startedAt, carriedMs] = [to, reading.elapsedMs];
  }
  return carriedMs;
}

/** A history that counts how often one of its versions is looked at. */
function counting(history: CalendarHistory): { history: CalendarHistory; looks: () => number } {
  let looks = 0;
  const handler: ProxyHandler<CalendarHistory & object> = {
    get: (target, key, receiver) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  };
  return { history: new Proxy(history, handler), looks: () => looks };
}

/** A holiday announced every few minutes while the clock runs. */
const announcements = (count: number): CalendarHistory => [
  ...always(office),
  ...Array.from({ length: count }, (_, index) => ({
    from: started + 20 * index * MINUTE,
    calendar: { ...office, version: index + 2 },
  })),
];

describe('a clock that is paused and resumed all the time', () => {
  it('E05: loses nothing over 5,000 pauses of a minute', () => {
    expect(readClock(clock(5_000), always(everyHour), endOf(5_000)).elapsedMs).toBe(5_000 * MINUTE);
  });

  it.each<[string, number[]]>([
    ['between two of them', [endOf(1_800)]],
    ['in the middle of a pause', [endOf(1_700) + MINUTE / 2]],
    ['at the beginning and at the end of one', [endOf(900), endOf(2_000) + MINUTE]],
    ['after each five hundred events', Array.from({ length: 19 }, (_, index) => endOf(250 * (index + 1)) + 17)],
  ])('E05: has the same time after 5,000 pairs in one go and carried over %s', (_, cuts) => {
    for (const calendar of [office, everyHour]) {
      const whole = readClock(clock(5_000), always(calendar), endOf(5_000)).elapsedMs;
      expect(whole).toBeGreaterThan(0);
      expect(elapsedInPieces(clock(5_000), always(calendar), cuts, endOf(5_000))).toBe(whole);
    }
  });
});

describe('the cost of a clock', () => {
  it('is one stretch for each instant at which something happens', () => {
    for (const count of [1_000, 2_000]) {
      const { stretches } = traceClock(clock(count), always(office), endOf(count));
      expect(stretches).toHaveLength(2 * count + 2);
    }
  });

  it('in looks at calendar versions grows with the events, not with events times versions', () => {
    const looksFor = (count: number): number => {
      const { history, looks } = counting(announcements(count / 10));
      readClock(clock(count), history, endOf(count));
      return looks();
    };
    expect(looksFor(4_000)).toBeLessThan(2.5 * looksFor(2_000));
  });

  it('in looks at the zone is that of its days, however many events they have', () => {
    const readsFor = (count: number): number => {
      let reads = 0;
      const source: ZoneSource = {
        offsets: (name) => {
          const offset = RUNNING_ZONES.offsets(name)!;
          return (instant) => ((reads += 1), offset(instant));
        },
      };
      withZones(source, () => readClock(clock(count), always(office), endOf(5_000)));
      return reads;
    };
    // The pauses move the deadline by some days, and those are read as well.
    expect(readsFor(5_000)).toBeLessThan(1.1 * readsFor(50));
  });

  it('lets a warning be given for each of a thousand changes of target', () => {
    const signals = Array.from({ length: 1_000 }, (_, index): ClockSignal => {
      return { at: started + (index + 1) * MINUTE, type: 'retarget', targetMs: 2 * (index + 2) * MINUTE };
    });
    const cycle = { startedAt: started, targetMs: 2 * MINUTE, signals };
    const warnings = warningsFired(cycle, always(everyHour), [{ percent: 50 }], started + 1_001 * MINUTE);
    expect(new Set(warnings.map(({ targetMs }) => targetMs)).size).toBe(warnings.length);
    expect(warnings).toHaveLength(1 + signals.length);
  });
});
