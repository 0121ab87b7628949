import fc from 'fast-check';

import {
  calendarAt,
  type CalendarHistory,
  type Weekday,
  type WorkingCalendar,
} from '#libs/domain/calendar/calendar.js';
import { formatCivilDay } from '#libs/domain/calendar/civil.js';
import { openMsBetween } from '#libs/domain/calendar/open-time.js';
import type { ClockCycle, ClockSignal } from '#libs/domain/clock/clock.js';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Every zone that this Node knows: more than 400. */
export const EVERY_ZONE = Intl.supportedValuesOf('timeZone');

const WEEKDAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const time = fc.integer({ min: 0, max: 95 }).map((quarter) => new Date(quarter * 900_000).toISOString().slice(11, 16));
/** One or two a day; half of them end on the next. */
const windows = fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 2 });
const nearby = fc.integer({ min: -3, max: 20 });

export const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) });
export const span = fc.integer({ min: 0, max: 30 * DAY });
export const openMs = fc.integer({ min: 1, max: 60 * HOUR });

export interface Situation {
  history: CalendarHistory;
  start: number;
}

/** The civil date so many days from an instant. */
export const dateNear = (start: number, days: number): string => formatCivilDay(Math.floor(start / DAY) + days);

/** The history with a holiday more from an instant on. */
export function withHoliday(history: CalendarHistory, from: number, date: string): CalendarHistory {
  const later = history.filter((version) => version.from > from);
  const changed = [{ from, calendar: calendarAt(history, from) }, ...later].map((version) => ({
    ...version,
    calendar: { ...version.calendar, holidays: [...version.calendar.holidays, date] },
  }));
  return [...history.filter((version) => version.from < from), ...changed];
}

/** A start from 1990 to 2060 and, around it, holidays, special hours, a closure and perhaps a new version of the calendar. */
export const situationIn = (timezone: string): fc.Arbitrary<Situation> =>
  fc
    .record({
      start: instant,
      days: fc.subarray(WEEKDAYS, { minLength: 1 }),
      hours: windows,
      holidays: fc.array(nearby, { maxLength: 4 }),
      special: fc.array(fc.tuple(nearby, windows), { maxLength: 2 }),
      closure: fc.option(fc.tuple(fc.integer({ min: -3, max: 10 }), fc.integer({ min: 1, max: 5 })), { nil: null }),
      later: fc.option(fc.tuple(span, windows), { nil: null }),
    })
    .map(({ start, days, hours, holidays, special, closure, later }) => {
      const near = (offset: number): string => dateNear(start, offset);
      const calendar: WorkingCalendar = {
        id: 'any',
        version: 1,
        timezone,
        weeklyHours: Object.fromEntries(days.map((day) => [day, hours])),
        holidays: holidays.map(near),
        annualHolidays: [],
        specialHours: Object.fromEntries(special.map(([offset, times]) => [near(offset), times])),
        closures: closure ? [[`${near(closure[0])}T10:00`, `${near(closure[0] + closure[1])}T11:30`]] : [],
      };
      const history = [{ from: -Infinity, calendar }];
      if (later) {
        const weeklyHours = Object.fromEntries(days.map((day) => [day, later[1]]));
        history.push({ from: start + later[0], calendar: { ...calendar, version: 2, weeklyHours } });
      }
      return { history, start };
    });

const REASONS = ['awaiting_state', 'awaiting_partner', undefined];

/** Signals over the month after the start; which of them make sense is the clock's business. */
const signalsFrom = (start: number): fc.Arbitrary<ClockSignal[]> =>
  fc.array(
    fc
      .tuple(
        span,
        fc.constantFrom('pause', 'pause', 'resume', 'resume', 'retarget', 'stop', 'end', 'reopen'),
        openMs,
        fc.constantFrom(...REASONS),
      )
      .map(([after, type, ms, reason]) => signal(start + after, type, ms, reason)),
    { maxLength: 8 },
  );

function signal(at: number, type: ClockSignal['type'], targetMs: number, reason?: string): ClockSignal {
  if (type === 'retarget') return { at, type, targetMs };
  if (type === 'pause' || type === 'resume') return { at, type, reason };
  return type === 'end' ? { at, type, cause: 'closed' } : { at, type };
}

export interface AnyClock extends Situation {
  cycle: ClockCycle & { signals: ClockSignal[] };
  /** Two instants at which it may be looked at, in order. */
  early: number;
  late: number;
}

/** Open time, half of it such that it is used up at a closing time. */
export const targetIn = ({ history, start }: Situation): fc.Arbitrary<number> =>
  fc.oneof(
    openMs,
    span.map((after) => Math.max(1, openMsBetween(history, start, start + after))),
  );

/** A clock that is paused, stopped, retargeted and reopened at random, with grace or without. */
export const clockIn = (timezone: string): fc.Arbitrary<AnyClock> =>
  situationIn(timezone).chain(({ history, start }) =>
    fc
      .record({
        signals: signalsFrom(start),
        targetMs: targetIn({ history, start }),
        grace: fc.boolean(),
        looks: fc.tuple(span, span),
      })
      .map(({ signals, targetMs, grace, looks }) => ({
        ...{ history, start, early: start + Math.min(...looks), late: start + Math.max(...looks) },
        cycle: { startedAt: start, targetMs, signals, ...(grace ? { graceUntil: 'next_open' as const } : {}) },
      })),
  );

/** Holds a property once in every zone; the zone of a counterexample is in its calendar. */
export function inEveryZone<T>(anyIn: (zone: string) => fc.Arbitrary<T>, holds: (value: T) => void): void {
  for (const zone of EVERY_ZONE) fc.assert(fc.property(anyIn(zone), holds), { numRuns: 1 });
}
