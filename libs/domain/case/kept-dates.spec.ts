import { geneva, inGeneva } from '../../../test/support/case-story.js';
import { PolicyStory, reply } from '../../../test/support/policy-story.js';
import { DELIVERED_CALENDARS } from '../calendar/calendar-book.js';
import { GENEVA } from '../calendar/geneva.js';
import { readClock } from '../clock/clock.js';
import { dueMoves } from '../clock/due-moves.js';
import { explainClock } from '../clock/explanation.js';
import { explanationLines } from '../clock/explanation-words.js';
import type { ClockPolicy } from './clock-policy.js';

/** Geneva closes on more days, known and in force from 1 February 2027. */
const closing = (...dates: string[]) =>
  new Map(DELIVERED_CALENDARS).set(GENEVA.id, [
    { from: -Infinity, calendar: GENEVA },
    { from: geneva('2027-02-01 12:00'), calendar: { ...GENEVA, version: 2, holidays: [...GENEVA.holidays, ...dates] } },
  ]);
const started = (target: ClockPolicy['target'], ...dates: string[]) =>
  new PolicyStory([[reply({ target })]], { at: '2027-01-11 09:00', calendars: closing(...dates) });

describe('a promise to a date, when a version of the calendar comes later', () => {
  it('stays on its date, where a promise of so many days moves by the open time that is lost', () => {
    const dated = started({ date: 'next 30 April' }, '2027-03-01', '2027-03-02').until('2027-02-02 12:00');
    expect(dated.due()).toBe('2027-04-30 17:00');
    const counted = started({ days: 60 }, '2027-03-01', '2027-03-02').until('2027-02-02 12:00');
    expect(counted.due()).toBe('2027-03-16 17:00');
  });

  it('goes to the next day that opens when the date itself is closed', () => {
    const story = started({ date: 'next 30 April' }, '2027-04-30').until('2027-02-02 12:00');
    expect(story.due()).toBe('2027-05-03 17:00');
  });

  it('still moves by a pause, and keeps its verdict when it was met before', () => {
    const story = started({ date: 'next 30 April' }, '2027-03-01');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-20' }, '2027-02-08 09:00');
    story.does('owner', 'resume', {}, '2027-02-10 09:00');
    expect(story.due()).toBe('2027-05-04 17:00');
    const met = started({ date: 'next 30 April' }, '2027-03-01');
    met.does('coordinator', 'acknowledge', { message: 'We have it.' }, '2027-01-12 10:00');
    const [run] = met.until('2027-06-01 12:00').runs();
    const reading = run && readClock(run.cycle, run.calendar, met.now);
    expect([reading?.state, reading && inGeneva(reading.dueAt ?? 0)]).toEqual(['met', '2027-04-30 17:00']);
  });

  it('is missed at its date by whoever is silent', () => {
    const story = started({ date: 'next 30 April' }, '2027-03-01').until('2027-06-01 12:00');
    expect(story.heard('reply')).toEqual(['2027-04-30 17:00 clock_breached: breach L0']);
  });

  it('says so in the explanation, and names the version as what happened', () => {
    const story = started({ date: 'next 30 April' }, '2027-03-01').until('2027-02-02 12:00');
    const [run] = story.runs();
    if (!run) throw new Error('it has not started');
    const explanation = explainClock(run.cycle, run.calendar, story.now);
    const lines = explanationLines(explanation, run.target, { policy: 'policy version 1', tzdb: '2025c' });
    expect(lines.map(({ text }) => text).join('\n')).toContain('from the start to the date, which stays');
    expect(
      dueMoves(run.cycle, run.calendar, story.now).map(({ by, dueAt }) => [by.type, inGeneva(dueAt ?? 0)]),
    ).toEqual([
      ['start', '2027-04-30 17:00'],
      ['calendar', '2027-04-30 17:00'],
    ]);
  });
});
