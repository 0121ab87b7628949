import fc from 'fast-check';
import { born, openings, take, turns } from '../../../test/support/case-life.js';
import { CaseStory } from '../../../test/support/case-story.js';
import { DELIVERED_CALENDARS } from '../calendar/calendar-book.js';
import type { CaseRules } from './case-rules.js';
import { DELIVERED_RULES } from './case-rules.js';
import { clockRuns } from './clock-runs.js';
import { DELIVERED_CLOCKS, withLaterClocks } from './delivered-policy.js';
import { STAGES } from './stages.js';
import { nextWake } from './wake.js';

const BEFORE = DELIVERED_CLOCKS.filter(({ name }) => name !== 'hand_over');
const rules = (clocks: typeof DELIVERED_CLOCKS): CaseRules => ({
  policies: [{ version: 1, from: -Infinity, clocks }],
  calendars: DELIVERED_CALENDARS,
});

describe('a clock that came later than the version of the policy', () => {
  it('joins it, unless the version says itself how it runs', () => {
    expect(withLaterClocks(BEFORE)).toEqual(DELIVERED_CLOCKS);
    const own = DELIVERED_CLOCKS.map((one) => (one.name === 'hand_over' ? { ...one, title: 'Answer, please' } : one));
    expect(withLaterClocks(own)).toEqual(own);
  });

  it('changes nothing that was computed from logs without its step', () => {
    const lives = fc.sample(fc.tuple(openings, turns(true)), { numRuns: 13, seed: 48 });
    let looked = 0;
    for (const [index, [opening, life]] of lives.entries()) {
      const story = born(opening, STAGES[index % STAGES.length] ?? 'submitted');
      for (const turn of life) take(story, turn);
      const offered = story.log.findIndex(({ type }) => type === 'hand_over_offered');
      const log = offered < 0 ? story.log : story.log.slice(0, offered);
      looked += log.length;
      expect(JSON.stringify(clockRuns(log, DELIVERED_RULES))).toBe(JSON.stringify(clockRuns(log, rules(BEFORE))));
      if (offered >= 0) continue;
      const { state, now } = story;
      expect(nextWake(log, state, DELIVERED_RULES, now)).toBe(nextWake(log, state, rules(BEFORE), now));
    }
    expect(looked).toBeGreaterThan(100);
  });

  it('gives a hand-over its date on a case of any version', () => {
    const story = new CaseStory('2026-11-24 10:00', {}, rules(withLaterClocks(BEFORE.slice(0, 4))));
    story.does('owner', 'take', {});
    story.does('owner', 'hand-over', { to: 'coordinator', reason: 'On mission.' });
    expect(story.openClocks()).toContain('hand_over');
  });
});
