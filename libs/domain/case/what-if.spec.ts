import fc from 'fast-check';
import { born, openings, take, turns } from '../../../test/support/case-life.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import { CaseStory, inGeneva } from '../../../test/support/case-story.js';
import { GENEVA } from '../calendar/geneva.js';
import { RUNNING_ZONES } from '../calendar/zone-source.js';
import { readZoneDirectory } from '#libs/zone-data/zone-directory.js';
import { DELIVERED_RULES } from './case-rules.js';
import type { ClockPolicy } from './clock-policy.js';
import type { CycleChange, Standing } from './clock-standing.js';
import { DELIVERED_CLOCKS } from './delivered-policy.js';
import { STAGES } from './stages.js';
import type { DraftRule, Question } from './what-if.js';
import { changesOf, changesUnderZones, QUESTIONS, whatIf } from './what-if.js';

const at = (instant: number | null | undefined): string => (instant == null ? '–' : inGeneva(instant));
const side = (standing: Standing | null): string => (standing ? `${standing.state} ${at(standing.dueAt)}` : 'none');
/** `triage: running 2026-12-01 17:00 → running 2026-12-02 17:00 (deadline)` */
const line = ({ clock, before, after, kinds }: CycleChange): string =>
  `${clock}: ${side(before)} → ${side(after)} (${kinds.join(', ')})`;

const ask = ({ log, now, rules }: CaseStory, draft: DraftRule, question: Question): string[] =>
  changesOf(log, whatIf(rules, draft, question, now)).map(line);

const holiday = (...dates: string[]) => ({ calendar: { ...GENEVA, holidays: [...GENEVA.holidays, ...dates] } });
const withClock = (name: string, change: Partial<ClockPolicy>): { clocks: ClockPolicy[] } => ({
  clocks: DELIVERED_CLOCKS.map((clock) => (clock.name === name ? { ...clock, ...change } : clock)),
});

describe('what a draft rule would change on a case', () => {
  it('says which deadlines a new holiday moves, and by how much', () => {
    const story = broughtTo('verification', '2026-11-24 10:00').until('2026-11-24 12:00');
    const lines = ask(story, holiday('2026-11-26'), 'from_now');
    expect(lines).toEqual(['verify: running 2026-12-01 17:00 → running 2026-12-02 17:00 (deadline)']);
  });

  it('leaves a clock alone that has stopped, when a holiday is only published now', () => {
    const story = new CaseStory('2026-11-24 10:00').until('2026-11-26 18:00');
    expect(ask(story, holiday('2026-11-25'), 'from_now')).toEqual([]);
  });

  it('says that an answer would have been in time, had the day always been a holiday', () => {
    const story = new CaseStory('2026-11-24 10:00').until('2026-11-27 10:00');
    story.does('coordinator', 'acknowledge', { message: 'We have it.' });
    expect(ask(story, holiday('2026-11-25'), 'always')[0]).toBe(
      'acknowledge: breached 2026-11-26 17:00 → met 2026-11-27 17:00 (deadline, verdict, breach)',
    );
  });

  it('says that a shorter promise, applied now, is late at once and never back-dated', () => {
    const story = new CaseStory('2026-11-24 10:00').until('2026-11-26 16:00');
    const draft = withClock('acknowledge', { target: { workingDays: 1, at: 'close' } });
    expect(ask(story, draft, 'from_now')).toEqual([
      'acknowledge: running 2026-11-26 17:00 → breached 2026-11-26 16:00 (deadline, verdict, breach, target)',
    ]);
    expect(ask(story, draft, 'always')[0]).toBe(
      'acknowledge: running 2026-11-26 17:00 → breached 2026-11-25 17:00 (deadline, verdict, breach, target)',
    );
  });

  it('lists cycles that appear and cycles that vanish', () => {
    const story = new CaseStory('2026-11-24 10:00').until('2026-11-24 12:00');
    const renamed = withClock('acknowledge', { name: 'first_call' });
    expect(ask(story, renamed, 'always')).toEqual([
      'acknowledge: running 2026-11-26 17:00 → none (vanishes)',
      'first_call: none → running 2026-11-26 17:00 (appears)',
    ]);
    expect(ask(story, renamed, 'from_now')).toEqual([
      'acknowledge: running 2026-11-26 17:00 → stopped – (deadline, verdict)',
    ]);
  });

  it('applies no policy to a closed case, but tells what it would have been to the past', () => {
    const story = broughtTo('closed', '2026-11-24 10:00').until('2026-11-25 10:00');
    const draft = withClock('outcome_form', { target: { workingDays: 30, at: 'close' } });
    expect(ask(story, draft, 'from_now')).toEqual([]);
    expect(ask(story, draft, 'always')).toEqual([
      'outcome_form: running 2026-12-22 17:00 → running 2027-01-08 17:00 (deadline, target)',
      'outcome_form: running 2026-12-22 17:00 → running 2027-01-08 17:00 (deadline, target)',
    ]);
  });

  it('says when a heartbeat that was missed would have been due, though its cycle ended with that', () => {
    const story = broughtTo('national_process', '2026-11-24 10:00').until('2027-03-01 10:00');
    const lines = ask(story, withClock('heartbeat', { target: { days: 120 } }), 'always');
    expect(lines[0]).toBe(
      'heartbeat: breached 2027-02-22 17:00 → running 2027-03-24 17:00 (deadline, verdict, breach, target)',
    );
  });

  it('leaves cases alone that no clock of the drafted calendar concerns', () => {
    const story = broughtTo('verification', '2026-11-24 10:00');
    const calendar = { ...GENEVA, id: 'state-aur', version: 1 };
    for (const question of QUESTIONS) expect(ask(story, { calendar }, question)).toEqual([]);
  });

  it('lists nothing for the rules in force against themselves, in any life of a case', () => {
    const same: DraftRule[] = [{ clocks: structuredClone(DELIVERED_CLOCKS) }, { calendar: structuredClone(GENEVA) }];
    const lives = fc.sample(fc.tuple(openings, turns(true)), { numRuns: 12, seed: 48 });
    lives.forEach(([opening, life], index) => {
      const story = born(opening, STAGES[index % STAGES.length] ?? 'submitted');
      for (const turn of life) take(story, turn);
      for (const draft of same) for (const question of QUESTIONS) expect(ask(story, draft, question)).toEqual([]);
      expect(
        changesUnderZones(story.log, story.rules, { offsets: (name) => RUNNING_ZONES.offsets(name) }, story.now),
      ).toEqual([]);
    });
  });
});

describe('what another release of the zones would change on a case', () => {
  // Made up: Switzerland keeps winter time from 2027 on.
  const madeUp = readZoneDirectory('test/fixtures/zoneinfo/made-up');
  const moved = (story: CaseStory) =>
    changesUnderZones(story.log, DELIVERED_RULES, madeUp, story.now).map(
      ({ clock, before, after }) => `${clock} ${((after?.dueAt ?? 0) - (before?.dueAt ?? 0)) / 3_600_000} h`,
    );

  it('moves an open deadline of next summer by the hour that the clocks are no longer put forward', () => {
    expect(moved(broughtTo('national_process', '2027-01-20 10:00'))).toEqual(['heartbeat 1 h']);
  });

  it('moves nothing that is due before the releases part, and goes back to the running one', () => {
    const story = broughtTo('verification', '2026-11-24 10:00');
    expect(moved(story)).toEqual([]);
    expect(story.runs().at(-1)?.calendar).toBe(DELIVERED_RULES.calendars.get('geneva'));
  });
});
