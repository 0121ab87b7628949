import fc from 'fast-check';
import { MinuteWalk } from '../../../test/support/minute-walk.js';
import { always, type WorkingCalendar } from './calendar.js';
import { formatCivilDay } from './civil.js';
import { instantAfterOpen, openMsBetween } from './open-time.js';
import { Zone } from './zone.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Every zone that this Node knows: more than 400. */
const ZONES = Intl.supportedValuesOf('timeZone');
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => new Date(quarter * 15 * MINUTE).toISOString().slice(11, 16));
const windows = fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 2 });
const anyInstant = fc
  .integer({ min: Date.UTC(1990, 0, 1) / MINUTE, max: Date.UTC(2060, 0, 1) / MINUTE })
  .map((minutes) => minutes * MINUTE);

/** The next instant after `from` at which the zone's offset changes, within two years; `from` itself when there is none. */
function nextChange(timezone: string, from: number): number {
  const zone = Zone.named(timezone);
  for (let at = from; at < from + 730 * DAY; at += DAY)
    if (zone.offsetAt(at) !== zone.offsetAt(at + DAY)) return at + DAY / 2;
  return from;
}

const situation = fc.record({
  at: anyInstant,
  nearChange: fc.boolean(),
  hours: windows,
  closedDay: fc.constantFrom(...WEEK),
  holiday: fc.integer({ min: -1, max: 3 }),
  special: fc.tuple(fc.integer({ min: -1, max: 3 }), windows),
  spanMinutes: fc.integer({ min: 1, max: 3 * 1_440 }),
  openMinutes: fc.integer({ min: 1, max: 900 }),
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const inGroups = (all: readonly string[], size: number): [string, string[]][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size)).map(
    (group) => [group[0] ?? '', group],
  );

describe('the calendar arithmetic, beside a walk over every minute', () => {
  it.each(inGroups(ZONES, 60))('finds the same open time and the same deadline, 1990 to 2060: %s …', (_, zones) => {
    const each =
      (zone: string) =>
      ({ at, nearChange, hours, closedDay, holiday, special, ...asked }: Situation) => {
        const from = nearChange ? nextChange(zone, at) - DAY : at;
        const near = (offset: number): string => formatCivilDay(Math.floor(from / DAY) + offset);
        const calendar: WorkingCalendar = {
          id: 'any',
          version: 1,
          timezone: zone,
          weeklyHours: Object.fromEntries(WEEK.filter((day) => day !== closedDay).map((day) => [day, hours])),
          holidays: [near(holiday)],
          annualHolidays: [],
          specialHours: { [near(special[0])]: special[1] },
        };
        const [history, walk] = [always(calendar), new MinuteWalk(calendar)];
        const to = from + asked.spanMinutes * MINUTE;
        expect(openMsBetween(history, from, to) / MINUTE).toBe(walk.openMinutes(from, to));
        const due = walk.dueAfter(from, asked.openMinutes, from + 4 * DAY);
        if (due !== null) expect(instantAfterOpen(history, from, asked.openMinutes * MINUTE)).toBe(due);
      };
    for (const zone of zones) fc.assert(fc.property(situation, each(zone)), { numRuns: 1 });
  });
});
