import { DELIVERED_CALENDARS } from '#libs/domain/calendar/calendar-book.js';
import type { CalendarBook } from '#libs/domain/calendar/calendar-book.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { clock } from '#libs/domain/case/clocks/steps.js';
import type { Priority } from '#libs/domain/case/state.js';
import { readClock } from '#libs/domain/clock/clock.js';
import type { ClockReading } from '#libs/domain/clock/clock.js';
import { CASE_PEOPLE } from './case-people.js';
import { CaseStory, inGeneva } from './case-story.js';

/** A promise to reply within eight open hours, from receipt to acknowledgement, with what a test changes about it. */
export const reply = (change: Partial<ClockPolicy> = {}): ClockPolicy =>
  clock({
    name: 'reply',
    title: 'Reply to the State',
    stage: 'submitted',
    startsOn: ['opened'],
    stopsOn: ['acknowledged'],
    target: { open: 'PT8H' },
    breachTo: ['L0'],
    ...change,
  });

/** Versions of the policy, the first from the beginning of time; later ones are only ever applied by hand. */
export const rulesOf = (
  versions: readonly ClockPolicy[][],
  calendars: CalendarBook = DELIVERED_CALENDARS,
): CaseRules => ({
  policies: versions.map((clocks, index) => ({ version: index + 1, from: index ? Infinity : -Infinity, clocks })),
  calendars,
});

/** A case on policies of a test's own, received on Tuesday 24 November 2026 at the opening of the day, with an owner. */
export class PolicyStory extends CaseStory {
  constructor(versions: readonly ClockPolicy[][], { calendars, at = '2026-11-24 09:00' }: Setting = {}) {
    super(at, {}, rulesOf(versions, calendars));
    this.does('owner', 'take', {});
  }

  /** The lead puts the case on another version, at a time in Geneva. */
  goesBy(version: number, local: string): this {
    this.until(local).send(CASE_PEOPLE.lead, { verb: 'apply-policy', body: { version, reason: 'A better promise.' } });
    return this;
  }

  becomes(priority: Priority, local: string): this {
    this.does('owner', 'change-priority', { priority }, local);
    return this;
  }

  /** The last cycle of a clock as it stands now. */
  reading(name = 'reply'): ClockReading {
    const run = this.runs().findLast(({ policy }) => policy.name === name);
    if (!run) throw new Error(`${name} has not started`);
    return readClock(run.cycle, run.calendar, this.now);
  }

  /** When it is due, as a time in Geneva; its state when it has no date. */
  due(name = 'reply'): string {
    const { dueAt, state } = this.reading(name);
    return dueAt === null ? state : inGeneva(dueAt);
  }
}

interface Setting {
  calendars?: CalendarBook;
  at?: string;
}
