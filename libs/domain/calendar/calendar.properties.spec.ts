import fc from 'fast-check';

import {
  dateNear,
  inEveryZone,
  openMs,
  situationIn,
  span,
  withHoliday,
  type Situation,
} from '../../../test/support/any-clock.js';
import { instantAfterOpen, nextOpening, openMsBetween } from './open-time.js';

const situationAnd =
  <T>(more: fc.Arbitrary<T>) =>
  (zone: string): fc.Arbitrary<Situation & { more: T }> =>
    fc.tuple(situationIn(zone), more).map(([situation, drawn]) => ({ ...situation, more: drawn }));

describe('whatever the calendar, in every zone, 1990 to 2060', () => {
  it('open time adds up over any split', () => {
    inEveryZone(situationAnd(fc.array(span, { minLength: 2, maxLength: 6 })), ({ history, start, more }) => {
      const cuts = [0, ...more].sort((a, b) => a - b).map((after) => start + after);
      const parts = cuts.slice(1).map((to, index) => openMsBetween(history, cuts[index]!, to));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(openMsBetween(history, start, cuts.at(-1)!));
    });
  });

  it('a deadline is the first instant at which its open time has elapsed', () => {
    inEveryZone(situationAnd(openMs), ({ history, start, more: ms }) => {
      const due = instantAfterOpen(history, start, ms);
      expect(openMsBetween(history, start, due)).toBe(ms);
      expect(openMsBetween(history, start, due - 1)).toBe(ms - 1);
    });
  });

  it('the deadline of the time that has elapsed is now, or was when that time was reached', () => {
    inEveryZone(situationAnd(span), ({ history, start, more: after }) => {
      const [now, elapsed] = [start + after, openMsBetween(history, start, start + after)];
      const due = instantAfterOpen(history, start, elapsed);
      expect(due).toBeLessThanOrEqual(now);
      expect(openMsBetween(history, due, now)).toBe(0);
    });
  });

  it('nothing is open before the next opening', () => {
    inEveryZone(situationIn, ({ history, start }) => {
      const opening = nextOpening(history, start);
      expect(openMsBetween(history, start, opening)).toBe(0);
      expect(openMsBetween(history, opening, opening + 1)).toBe(1);
    });
  });

  it('a holiday more never makes a deadline earlier', () => {
    const holiday = fc.record({ ms: openMs, day: fc.integer({ min: -2, max: 20 }), announced: span });
    inEveryZone(situationAnd(holiday), ({ history, start, more: { ms, day, announced } }) => {
      const changed = withHoliday(history, start + announced, dateNear(start, day));
      expect(instantAfterOpen(changed, start, ms)).toBeGreaterThanOrEqual(instantAfterOpen(history, start, ms));
    });
  });
});
