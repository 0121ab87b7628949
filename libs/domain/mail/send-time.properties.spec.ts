import fc from 'fast-check';
import { EVERY_ZONE, HOUR, inEveryZone, instant } from '../../../test/support/any-clock.js';
import type { Weekday } from '../calendar/calendar.js';
import { civilDate } from '../calendar/civil.js';
import { deliveryHours } from '../calendar/delivery-hours.js';
import { isOpen } from '../calendar/open-time.js';
import { MAIL_CLASSES } from './mail-class.js';
import { READER_RHYTHMS, RHYTHMS } from './mail-policy.js';
import { isWithin } from './quiet-periods.js';
import { sendTime } from './send-time.js';
import type { TimingRules } from './send-time.js';

const WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const clock = fc.integer({ min: 0, max: 47 }).map((half) => new Date(half * 1_800_000).toISOString().slice(11, 16));
const monthDay = (day: number): string => new Date((day % 365) * 24 * HOUR).toISOString().slice(5, 10);

const own = fc
  .record({ days: fc.subarray(WEEK, { minLength: 1 }), from: clock, until: clock })
  .filter(({ from, until }) => from < until);

/** A period that comes every year and leaves half of it, for everybody or some. */
const quiet = (zone: string) =>
  fc
    .record({
      first: fc.integer({ min: 0, max: 364 }),
      days: fc.integer({ min: 0, max: 180 }),
      timezones: fc.constantFrom<string[][]>([zone], ['Europe/Nowhere'], []),
    })
    .map(({ first, days, timezones }) => ({
      title: 'Quiet',
      from: monthDay(first),
      until: monthDay(first + days),
      timezones,
    }));

const situation = (zone: string) =>
  fc.record({
    at: instant,
    reader: fc.record(
      {
        timezone: fc.constant(zone),
        weekend: fc.constantFrom<Weekday[] | null>(null, ['fri', 'sat'], ['fri']),
        own,
        rhythm: fc.constantFrom(...READER_RHYTHMS),
      },
      { requiredKeys: ['timezone'] },
    ),
    policy: fc.record({
      quietPeriods: fc.array(quiet(zone), { maxLength: 1 }),
      digest: fc.record({ rhythm: fc.constantFrom(...RHYTHMS), weekday: fc.constantFrom(...WEEK), at: clock }),
    }) satisfies fc.Arbitrary<TimingRules>,
    mailClass: fc.constantFrom(...MAIL_CLASSES),
  });

describe('whoever the reader, in every zone, whatever the rules', () => {
  it('a mail goes never before it is owed, and asked again when it may go, it goes', () => {
    inEveryZone(situation, ({ mailClass, reader, policy, at }) => {
      const first = sendTime(mailClass, reader, policy, at);
      expect(first.at).toBeGreaterThanOrEqual(at);
      expect(sendTime(mailClass, reader, policy, first.at).at).toBe(first.at);
      if (first.at > at) expect(first.heldFor).not.toBeNull();
    });
  });

  it('a mail that is not urgent goes within the hours of its reader, and in no quiet period of theirs', () => {
    inEveryZone(situation, ({ mailClass, reader, policy, at }) => {
      if (mailClass === 'urgent') return;
      const { at: time } = sendTime(mailClass, reader, policy, at);
      expect(isOpen(deliveryHours(reader), time)).toBe(true);
      const date = civilDate(time, reader.timezone);
      for (const period of policy.quietPeriods)
        if (!period.timezones?.length || period.timezones.includes(reader.timezone))
          expect(isWithin(period, date)).toBe(false);
    });
  });

  it('an urgent mail waits for nothing', () => {
    inEveryZone(situation, ({ reader, policy, at }) => {
      expect(sendTime('urgent', reader, policy, at)).toEqual({ at, heldFor: null });
    });
  });

  it('what is owed earlier never goes later', () => {
    const two = (zone: string) => fc.tuple(situation(zone), fc.integer({ min: 0, max: 40 * 24 * HOUR }));
    inEveryZone(two, ([{ mailClass, reader, policy, at }, later]) => {
      expect(sendTime(mailClass, reader, policy, at).at).toBeLessThanOrEqual(
        sendTime(mailClass, reader, policy, at + later).at,
      );
    });
  });

  it('knows every zone', () => expect(EVERY_ZONE.length).toBeGreaterThan(400));
});
