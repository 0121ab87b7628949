import { DELIVERED_CALENDARS } from '#libs/domain/calendar/calendar-book.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { validatePolicy } from '#libs/domain/case/validate-policy.js';
import { translator } from '#libs/i18n/translator.js';
import { formErrors } from './clock-errors.js';
import { answersOf, clockOf, nameFor } from './clock-form.js';
import type { Submitted } from './clock-form.js';

const [first] = DELIVERED_CLOCKS as [ClockPolicy];
const shown = (change: Partial<ClockPolicy>): Submitted => answersOf({ ...first, ...change });
/** Fields at which the form of the first clock speaks, with this changed in it. */
const faults = (change: Submitted) => {
  const submitted = { ...answersOf(first), ...change };
  const clocks = [clockOf(submitted, first.name, first), ...DELIVERED_CLOCKS.slice(1)];
  return formErrors(validatePolicy(clocks, DELIVERED_CALENDARS), submitted, translator('en'));
};

describe('the form of a clock', () => {
  it.each(DELIVERED_CLOCKS.map((clock) => [clock.name, clock] as const))(
    'sends back what it shows when nothing is changed: %s',
    (name, clock) => {
      expect(clockOf(answersOf(clock), name, clock)).toEqual(JSON.parse(JSON.stringify(clock)));
    },
  );

  it.each<[Partial<ClockPolicy>]>([
    [{ target: { open: 'PT90M' } }],
    [{ target: { open: 'PT45S' } }],
    [{ target: { workingDays: 3, at: 'same_time' }, onReopening: 'restart', graceUntil: 'next_open', rearms: true }],
    [{ byPriority: { P1: { open: 'PT4H' }, P3: { days: 9 } } }],
    [
      {
        onChange: { retarget: 'from_now', minRunwayMs: 5_400_000 },
        subjects: 'offers',
        startsIf: 'a law is asked for',
      },
    ],
    [{ steps: [{ id: 'soon', kind: 'warning', at: { openBefore: 'PT30M' }, to: ['L0', 'L1'] }] }],
    [{ steps: [{ id: 'L1', kind: 'escalation', at: { openAfter: 'PT12H' }, to: ['L1'], level: 1 }] }],
  ])('also of what no delivered clock has: %j', (change) => {
    expect(clockOf(shown(change), first.name, first)).toEqual({ ...first, ...change });
  });

  it('leaves out rows in which nothing is chosen, and names new ones apart', () => {
    const row = (at: number, n: string): Submitted => ({
      [`step-${at}-kind`]: 'warning',
      [`step-${at}-n`]: n,
      [`step-${at}-unit`]: 'percent',
      [`step-${at}-to`]: 'L0',
    });
    const { steps } = clockOf({ ...answersOf(first), 'step-0-kind': '', ...row(1, '50'), ...row(3, '50') }, first.name);
    expect(steps.map(({ id }) => id)).toEqual(['warning_percent_50', 'warning_percent_50_2']);
  });

  it('speaks at each wrong field once, in words, and at the row in which it stands', () => {
    const said = faults({
      title: ' ',
      startsOn: undefined,
      'target-n': '-2',
      'P2-n': 'soon',
      'P2-unit': 'hours',
      runway: '-1',
      breachTo: 'requester',
      'step-3-kind': 'L2',
      'step-3-n': '',
      'step-3-unit': 'days_after',
    });
    expect(said.map(({ field }) => field)).toEqual([
      'title',
      'startsOn',
      'target-n',
      'P2-n',
      'runway',
      'breachTo',
      'step-3-to',
      'step-3-n',
    ]);
    expect(said.at(-1)?.text).toBe('Row 4: write a whole number; percent from 1 to 99, days after the start from 1');
  });

  it('says why a date cannot be promised, and refuses what no list offers', () => {
    expect(faults({ 'target-date': 'date of the review' }).map(({ field }) => field)).toEqual(['target-date']);
    expect(faults({ stage: '__proto__', calendar: 'mars' }).map(({ field }) => field)).toEqual(['stage', 'calendar']);
  });

  it.each([
    ['Call the State', [], 'call_the_state'],
    ['Call the State', ['call_the_state'], 'call_the_state_2'],
    ['  30 days: répondre!  ', [], 'days_re_pondre'],
    ['اتصل بالدولة', ['clock'], 'clock_2'],
  ])('names a new clock by what it promises: %s', (title, taken, name) => {
    expect(nameFor(title, taken)).toBe(name);
  });
});
