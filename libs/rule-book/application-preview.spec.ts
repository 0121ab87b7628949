import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { geneva, inGeneva } from '../../test/support/case-story.js';
import { PolicyStory, reply } from '../../test/support/policy-story.js';
import { previewApplication } from './application-preview.js';

/** What version 2 would do to a case on version 1, at a time in Geneva: `reply late 2026-11-24 17:00 → …`. */
const preview = (was: ClockPolicy[], is: ClockPolicy[], local: string, rest = false): string[] => {
  const story = new PolicyStory([was, is]).until(local);
  if (rest) story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-01' });
  const { length } = story.log;
  const changes = previewApplication(story.log, story.rules, 2, story.now);
  expect(story.log).toHaveLength(length);
  const when = (at: number | null) => (at === null ? 'no date' : inGeneva(at));
  return changes.map(({ clock, effect, before, after }) => `${clock} ${effect}: ${when(before)} → ${when(after)}`);
};

describe('what a version would change about an open case', () => {
  it('is nothing where the clocks say the same', () => {
    expect(preview([reply()], [reply({ title: 'Reply, please' })], '2026-11-24 12:00')).toEqual([]);
  });

  it('is another deadline, or one that is broken at once', () => {
    const shorter = [reply({ target: { open: 'PT4H' } })];
    expect(preview([reply()], shorter, '2026-11-24 12:00')).toEqual([
      'reply moves: 2026-11-24 17:00 → 2026-11-24 13:00',
    ]);
    expect(preview([reply()], shorter, '2026-11-24 15:00')).toEqual([
      'reply late: 2026-11-24 17:00 → 2026-11-24 15:00',
    ]);
  });

  it('is the end of a clock that the version does not have, and no word of one that has not started', () => {
    const [one, other] = [reply(), reply({ name: 'other', startsOn: ['closed'] })];
    expect(preview([one], [other], '2026-11-24 12:00')).toEqual(['reply ends: 2026-11-24 17:00 → no date']);
  });

  it('is a clock that rests, that runs again, or that rests with another time left', () => {
    const always = reply({ pausedBy: [] });
    expect(preview([reply()], [always], '2026-11-24 12:00', true)).toEqual(['reply runs: no date → 2026-11-24 17:00']);
    expect(preview([always], [reply()], '2026-11-24 12:00', true)).toEqual([
      'reply pauses: 2026-11-24 17:00 → no date',
    ]);
    expect(preview([reply()], [reply({ target: { open: 'PT9H' } })], '2026-11-24 12:00', true)).toEqual([
      'reply length: no date → no date',
    ]);
  });

  it('counts from the last thing that has happened, also when the clock of this machine is behind it', () => {
    const story = new PolicyStory([[reply()], [reply({ target: { open: 'PT4H' } })]]).until('2026-11-24 15:00');
    story.does('owner', 'add-note', { text: 'Internal.' });
    const [change] = previewApplication(story.log, story.rules, 2, geneva('2026-11-24 10:00'));
    expect(change?.after).toBe(geneva('2026-11-24 15:00'));
  });
});
