import { geneva, inGeneva } from '../../../test/support/case-story.js';
import { PolicyStory, reply, rulesOf } from '../../../test/support/policy-story.js';
import { DELIVERED_CALENDARS } from '../calendar/calendar-book.js';
import { GENEVA } from '../calendar/geneva.js';
import { readClock } from '../clock/clock.js';
import { clockRuns } from './clock-runs.js';
import type { ClockRun } from './clock-runs.js';
import { text } from './events.js';
import type { LoggedEvent, NewEvent } from './events.js';

const BY_PRIORITY = reply({ byPriority: { P1: { open: 'PT4H' }, P3: { open: 'PT16H' } } });

describe('a change of priority', () => {
  it('T50: raised in time, keeps the time that has passed and has the shorter promise', () => {
    const story = new PolicyStory([[BY_PRIORITY]]).becomes('P1', '2026-11-24 10:00');
    expect(story.due()).toBe('2026-11-24 13:00');
    expect(story.until('2026-11-25 12:00').heard('reply')).toEqual(['2026-11-24 13:00 clock_breached: breach L0']);
  });

  it('T51: raised past the new deadline, is late from the change on and never before', () => {
    const story = new PolicyStory([[BY_PRIORITY]]).becomes('P1', '2026-11-24 15:00').until('2026-11-25 12:00');
    expect(story.heard('reply')).toEqual(['2026-11-24 15:00 clock_breached: breach L0']);
    expect(story.reading()).toMatchObject({ breachCause: 'retarget', breachedAt: geneva('2026-11-24 15:00') });
    expect(story.log.at(-1)?.body).toMatchObject({ cause: 'retarget', epoch: 2 });
  });

  it('T51: also when the time used equals the new promise exactly', () => {
    const story = new PolicyStory([[BY_PRIORITY]]).becomes('P1', '2026-11-24 13:00');
    expect(story.heard('reply')).toEqual(['2026-11-24 13:00 clock_breached: breach L0']);
  });

  it('T52: lowered, has the longer promise from the same start', () => {
    const story = new PolicyStory([[BY_PRIORITY]]).becomes('P3', '2026-11-24 11:00');
    expect(story.due()).toBe('2026-11-25 17:00');
  });

  it('T53: raised while paused, waits with what is left of the shorter promise', () => {
    const story = new PolicyStory([[BY_PRIORITY]]);
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-01' }, '2026-11-24 10:00');
    story.becomes('P1', '2026-11-24 11:00');
    expect(story.due()).toBe('paused');
    story.does('owner', 'resume', {}, '2026-11-24 12:00');
    expect(story.due()).toBe('2026-11-24 15:00');
  });

  it('raised past the new deadline while paused, is late when the clock runs again (S07, sla.md 2.5)', () => {
    const story = new PolicyStory([[BY_PRIORITY]]);
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-01' }, '2026-11-24 15:00');
    story.becomes('P1', '2026-11-24 16:00').until('2026-11-26 10:00');
    expect(story.heard('reply')).toEqual([]);
    story.does('owner', 'resume', {}, '2026-11-26 11:00');
    expect(story.heard('reply')).toEqual(['2026-11-26 11:00 clock_breached: breach L0']);
    expect(story.log.at(-1)?.body).toMatchObject({ cause: 'retarget' });
  });

  it('S05: does not take back a breach; the longer promise can be broken once more', () => {
    const story = new PolicyStory([[BY_PRIORITY]]).until('2026-11-25 10:00').becomes('P3', '2026-11-25 11:00');
    expect(story.reading()).toMatchObject({ state: 'breached', breachedAt: geneva('2026-11-24 17:00') });
    expect(story.due()).toBe('2026-11-25 17:00');
    story.until('2026-11-26 10:00');
    const breaches = story.log.flatMap((event) =>
      event.type === 'clock_breached' ? [`${inGeneva(event.effectiveAt)} target ${event.body.epoch ?? 1}`] : [],
    );
    expect(breaches).toEqual(['2026-11-24 17:00 target 1', '2026-11-25 17:00 target 2']);
  });

  it('changes nothing where the promise of that priority is the same', () => {
    const story = new PolicyStory([[BY_PRIORITY]]).becomes('P2', '2026-11-24 11:00').until('2026-11-24 18:00');
    expect(story.heard('reply')).toEqual(['2026-11-24 17:00 clock_breached: breach L0']);
    expect(story.log.at(-1)?.body).not.toHaveProperty('epoch');
  });
});

describe('another version of the policy', () => {
  const shorter = reply({ target: { open: 'PT4H' } });
  const longer = reply({ target: { open: 'PT16H' } });

  it('moves nothing until it is applied to the case', () => {
    const story = new PolicyStory([[reply()], [shorter]]).until('2026-11-24 18:00');
    expect(story.heard('reply')).toEqual(['2026-11-24 17:00 clock_breached: breach L0']);
  });

  it('keeps the time that has been used', () => {
    expect(new PolicyStory([[reply()], [shorter]]).goesBy(2, '2026-11-24 12:00').due()).toBe('2026-11-24 13:00');
    expect(new PolicyStory([[reply()], [longer]]).goesBy(2, '2026-11-24 12:00').due()).toBe('2026-11-25 17:00');
  });

  it.each([
    ['from_start', '2026-11-24 13:00'],
    ['from_now', '2026-11-24 16:00'],
    ['keep_remaining_percent', '2026-11-24 14:30'],
  ] as const)('treats the time used as it says itself: %s', (retarget, due) => {
    const rule = { ...shorter, onChange: { retarget } };
    expect(new PolicyStory([[reply()], [rule]]).goesBy(2, '2026-11-24 12:00').due()).toBe(due);
  });

  it('leaves at least the runway that it promises', () => {
    const rule = { ...shorter, onChange: { retarget: 'from_start', minRunwayMs: 2 * 3_600_000 } as const };
    expect(new PolicyStory([[reply()], [rule]]).goesBy(2, '2026-11-24 15:00').due()).toBe('2026-11-24 17:00');
  });

  it('ends a clock that it does not have, without a verdict', () => {
    const other = reply({ name: 'other' });
    const story = new PolicyStory([[reply(), other], [reply()]]).goesBy(2, '2026-11-24 12:00');
    expect(story.reading('other')).toMatchObject({ state: 'stopped', endCause: 'policy_applied', breachedAt: null });
    expect(story.until('2026-11-26 12:00').heard('other')).toEqual([]);
  });

  it('starts a clock that it adds at that clock’s next start, not at once', () => {
    const added = reply({ name: 'added', startsOn: ['priority_changed'], stopsOn: ['acknowledged'] });
    const again = reply({ name: 'again' });
    const story = new PolicyStory([[reply()], [reply(), added, again]]).goesBy(2, '2026-11-24 12:00');
    expect(story.openClocks()).toEqual(['reply']);
    story.becomes('P1', '2026-11-24 14:00');
    expect(story.openClocks()).toEqual(['reply', 'added']);
    expect(story.due('added')).toBe('2026-11-25 14:00');
  });

  it('pauses at once a clock that it pauses for what the case waits for already, and lets the other one run', () => {
    const story = new PolicyStory([[reply()], [reply({ pausedBy: [] })], [reply({ pausedBy: ['suspended'] })]]);
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-01' }, '2026-11-24 11:00');
    expect(story.due()).toBe('paused');
    story.goesBy(2, '2026-11-24 12:00');
    expect(story.due()).toBe('2026-11-25 10:00');
    story.goesBy(3, '2026-11-24 14:00');
    expect(story.due()).toBe('paused');
    story.does('owner', 'resume', {}, '2026-11-25 10:00');
    expect(story.due()).toBe('2026-11-25 14:00');
  });

  it('T45: counts on each calendar for the time that it applied', () => {
    const round = { ...GENEVA, id: 'round-the-clock', version: 1, holidays: [], annualHolidays: [], specialHours: {} };
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    const weeklyHours = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]]));
    const calendars = new Map([
      ...DELIVERED_CALENDARS,
      ['round-the-clock', [{ from: -Infinity, calendar: { ...round, weeklyHours } }]] as const,
    ]);
    const moved = reply({ calendar: 'round-the-clock' });
    // Five open hours by 14:00 on the first calendar, then three by the clock on the wall.
    const story = new PolicyStory([[reply()], [moved]], { calendars }).goesBy(2, '2026-11-24 14:00');
    expect(story.due()).toBe('2026-11-24 17:00');
    const night = new PolicyStory([[reply()], [moved]], { calendars }).goesBy(2, '2026-11-24 18:00');
    expect(night.due()).toBe('2026-11-24 17:00');
    const late = new PolicyStory([[longer], [{ ...moved, target: { open: 'PT16H' } }]], { calendars });
    expect(late.goesBy(2, '2026-11-24 18:00').due()).toBe('2026-11-25 02:00');
  });
});

describe('cycles after a change of policy', () => {
  const milestones = { startsOn: ['opened'], stopsOn: ['contact_logged'] } as const;
  const call = { with: 'The mission', means: 'call', text: 'All well.' };

  it('follow each other with the new promise where a clock runs again and again', () => {
    const again = reply({ ...milestones, rearms: true });
    const story = new PolicyStory([[again], [{ ...again, target: { open: 'PT4H' } }]]);
    story.goesBy(2, '2026-11-24 11:00');
    story.does('owner', 'log-contact', call, '2026-11-24 12:00');
    expect(story.due()).toBe('2026-11-24 16:00');
  });

  it('follow each other with the promise of the priority that the case has by then', () => {
    const again = reply({ ...milestones, rearms: true, byPriority: { P1: { open: 'PT4H' } } });
    const story = new PolicyStory([[again]]).becomes('P1', '2026-11-24 10:00');
    story.does('owner', 'log-contact', call, '2026-11-24 12:00');
    expect(story.due()).toBe('2026-11-24 16:00');
  });

  it.each([
    ['go on where they stood', 'resume', '2027-01-12 10:00'],
    ['begin anew', 'restart', '2027-01-12 13:00'],
  ] as const)('%s when a closed case is reopened, as the version that it went by says', (_, onReopening, due) => {
    const rules = rulesOf([[reply()], [reply({ onReopening, target: { open: 'PT12H' } })]]);
    const happened = (version: number, at: string, event: NewEvent): LoggedEvent => {
      const instant = geneva(at);
      return { ...event, version, effectiveAt: instant, recordedAt: instant, actorId: 'owner' };
    };
    const [opened] = new PolicyStory([[reply()]]).log as [LoggedEvent];
    const runs = clockRuns(
      [
        opened,
        happened(2, '2026-11-24 11:00', { type: 'policy_applied', body: { version: 2, reason: text('Better.') } }),
        happened(3, '2026-11-24 12:00', { type: 'closed', body: { outcome: 'help_delivered', text: text('Done.') } }),
        happened(4, '2027-01-11 09:00', { type: 'reopened', body: { reason: text('Amended.'), stage: 'submitted' } }),
      ],
      rules,
    );
    const [first, second, ...others] = runs as [ClockRun, ClockRun];
    expect(others).toEqual([]);
    expect(readClock(first.cycle, first.calendar, geneva('2027-01-11 09:00')).state).toBe('stopped');
    expect({ number: second.number, target: second.target }).toEqual({ number: 2, target: { open: 'PT12H' } });
    expect(inGeneva(readClock(second.cycle, second.calendar, geneva('2027-01-11 09:00')).dueAt ?? 0)).toBe(due);
  });
});

describe('a version that says less than it seems', () => {
  it('changes nothing when it promises the same, in whatever order it is written', () => {
    const target = { workingDays: 2, at: 'close' } as const;
    const same = { at: 'close', workingDays: 2 } as const;
    const fresh = reply({ target: same, onChange: { retarget: 'from_now' } });
    const story = new PolicyStory([[reply({ target })], [fresh]]).goesBy(2, '2026-11-25 12:00');
    expect(story.due()).toBe('2026-11-26 17:00');
    expect(story.runs()[0]?.epoch.number).toBe(1);
  });

  it('leaves a running clock its deadline where its event has no such date, and starts none without', () => {
    const dated = reply({ target: { date: 'date of the review' }, startsOn: ['suspended'] });
    const story = new PolicyStory([[reply()], [dated]]).goesBy(2, '2026-11-24 12:00');
    expect(story.due()).toBe('2026-11-24 17:00');
    const wrong = reply({ target: { date: 'date of the review' } });
    expect(new PolicyStory([[wrong]]).openClocks()).toEqual([]);
  });

  it('can still be kept when it counts by something else than before', () => {
    const all = reply({ startsOn: ['opened'], stopsOn: ['acknowledged'] });
    const each = { ...all, subjects: 'organisations' } as const;
    const story = new PolicyStory([[all], [each]]).goesBy(2, '2026-11-24 12:00');
    story.does('owner', 'acknowledge', { message: 'We have it.' }, '2026-11-24 14:00');
    expect(story.reading().state).toBe('met');
  });

  it('promises a yearly date anew each year where a clock runs again and again', () => {
    const yearly = reply({ target: { date: 'next 30 April' }, rearms: true, stopsOn: ['contact_logged'] });
    const story = new PolicyStory([[yearly]], { at: '2027-02-01 09:00' });
    expect(story.due()).toBe('2027-04-30 17:00');
    story.does('owner', 'log-contact', { with: 'The mission', means: 'call', text: 'Sent.' }, '2027-05-03 10:00');
    expect(story.due()).toBe('2028-05-01 17:00');
  });
});
