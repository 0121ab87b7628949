import { broughtTo } from '../../../test/support/case-routes.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { inGeneva } from '../../../test/support/case-story.js';
import { readClock } from '../clock/clock.js';
import { LIFECYCLE } from './lifecycle.js';
import { STAGES } from './stages.js';
import type { SideState, Stage } from './stages.js';

const DAY_MS = 86_400_000;
const OPENED = '2026-11-24 10:00';
const days = (story: CaseStory, count: number): CaseStory => story.passTo(story.now + count * DAY_MS);
const dateIn = (story: CaseStory, count: number): string => inGeneva(story.now + count * DAY_MS).slice(0, 10);

/** How a case takes each edge of the table, apart from the usual way. */
const STEPS: Record<string, (story: CaseStory) => unknown> = {
  verification: (story) => story.does('coordinator', 'acknowledge', { message: 'We have it.' }),
  'verification → triage': (story) => story.does('coordinator', 'verify', { means: 'mission', evidence: 'Call.' }),
  'verification → declined': (story) => story.does('coordinator', 'reject', { reason: 'Not authorised.' }),
  'returned → triage': (story) => story.does('focal point', 'answer', { answers: ['Defence.'] }),
  'returned → dormant': (story) => days(story, 70),
  returned: (story) => story.does('owner', 'return', { questions: ['Which ministry?'] }),
  consent: (story) =>
    story.does('owner', 'triage', { scope: 'Bill', priority: 'P2', needTypes: ['drafting'], summary: 'Help.' }),
  circulated: (story) => story.does('focal point', 'give-consent', {}),
  matching: (story) => story.does('legalaid', 'express-interest', {}),
  'matching → unmatched': (story) => {
    story.does('focal point', 'decline-offer', { offerId: 'id-1', reason: 'Too late.' });
    days(story, 70);
  },
  unmatched: (story) => days(story, 70),
  planned: (story) => story.does('focal point', 'accept-offer', { offerId: 'id-1' }),
  delivery: (story) => story.does('owner', 'agree-plan', { milestones: [], language: 'en', payer: 'Legal Aid' }),
  national_process: (story) => story.does('owner', 'start-national-process', { lawTitle: 'A bill', step: 'cabinet' }),
  reporting: (story) => story.does('focal point', 'record-adoption', { title: 'An act', date: '2026-11-20' }),
  'national_process → dormant': (story) => days(story, 400),
  'reporting → closed': (story) => {
    story.does('owner', 'record-reporting', { reportDate: '2026-11-23' });
    story.does('owner', 'close', { outcome: 'measure_adopted', text: 'In force.' });
  },
  closed: (story) => story.does('owner', 'close', { outcome: 'help_delivered', text: 'Done.' }),
  referred: (story) => story.does('lead', 'refer', { to: 'Article 4', reason: 'Clearance.' }),
  declined: (story) => story.does('lead', 'decline', { reason: 'Outside the mandate.' }),
  merged: (story) => story.does('lead', 'merge', { into: 'CCM-A9-2026-0001' }),
};

const EDGES = STAGES.flatMap((from) => LIFECYCLE[from].leadsTo.map((to) => [from, to] as const)).filter(
  ([from]) => from !== 'closed',
);

/** The case stands in a stage, for a law; only help other than a law closes after delivery. */
const at = (from: Stage, to: Stage | SideState): CaseStory =>
  broughtTo(from, OPENED, from === 'delivery' && to === 'closed' ? ['training'] : ['drafting']);

describe('the lifecycle of a case', () => {
  it.each(EDGES)('leads from %s to %s', (from, to) => {
    const story = at(from, to);
    expect(story.stage).toBe(from);
    (STEPS[`${from} → ${to}`] ?? STEPS[to])?.(story);
    expect(story.stage).toBe(to);
  });

  it.each([
    ['delivery', ['training']],
    ['unmatched', ['drafting']],
    ['reporting', ['drafting']],
  ] as const)('leads from closed back to %s, where it was closed', (stage, needs) => {
    const story = broughtTo(stage, OPENED, [...needs]);
    (STEPS[`${stage} → closed`] ?? STEPS['closed'])?.(story);
    expect(story.stage).toBe('closed');
    story.does('focal point', 'reopen', { reason: 'More is needed.' });
    expect(story.stage).toBe(stage);
  });

  const OPEN = STAGES.filter((stage) => stage !== 'closed');

  it.each(OPEN)('lets a case in %s rest until a review date, and go on where it stood', (stage) => {
    const story = broughtTo(stage);
    const open = story.openClocks();
    story.does('lead', 'suspend', { reason: 'Elections.', reviewOn: dateIn(story, 90) });
    expect(story.stage).toBe('suspended');
    days(story, 60);
    story.does('lead', 'resume', {});
    expect(story.stage).toBe(stage);
    expect(story.openClocks()).toEqual(open);
  });

  it.each(OPEN)('lets the State withdraw a case in %s; then no clock runs and nothing falls due', (stage) => {
    const story = broughtTo(stage);
    story.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    expect(story.stage).toBe('withdrawn');
    expect(story.openClocks()).toEqual([]);
    const events = story.log.length;
    days(story, 800);
    expect(story.log).toHaveLength(events);
  });

  it('lets the State withdraw while its case is suspended', () => {
    const story = broughtTo('delivery');
    story.does('owner', 'suspend', { reason: 'Crisis.', reviewOn: dateIn(story, 90) });
    story.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    expect(story.openClocks()).toEqual([]);
  });

  it('brings a dormant case back when the State answers', () => {
    const story = days(broughtTo('returned'), 70);
    story.does('focal point', 'answer', { answers: ['Defence.'] });
    expect(story.stage).toBe('triage');
  });

  it('brings a dormant national process back when the State confirms it, and counts silence from zero', () => {
    const story = days(broughtTo('national_process'), 400);
    story.does('focal point', 'confirm-current', { step: 'tabled' });
    expect([story.stage, story.state.missedHeartbeats]).toEqual(['national_process', 0]);
    days(story, 100);
    expect([story.stage, story.state.missedHeartbeats]).toEqual(['national_process', 1]);
  });

  it('asks the same questions again when a dormant case is resumed without an answer', () => {
    const story = days(broughtTo('returned'), 70);
    story.does('owner', 'resume', {});
    expect(story.stage).toBe('returned');
    expect(story.openClocks()).toContain('answer');
    expect(days(story, 70).stage).toBe('dormant');
  });

  it('keeps a request for a law open after delivery, and says what to do instead', () => {
    const story = broughtTo('delivery');
    expect(() => story.does('owner', 'close', { outcome: 'help_delivered', text: 'Done.' })).toThrow(
      'start the national process',
    );
  });

  it('follows no law where none was asked for', () => {
    const story = broughtTo('delivery', OPENED, ['training']);
    expect(() => story.does('owner', 'start-national-process', { lawTitle: 'A bill', step: 'cabinet' })).toThrow(
      'close the case',
    );
  });

  it('closes a case of a law only when its Article 7 report is recorded, also after it was reopened', () => {
    const story = broughtTo('closed');
    story.does('focal point', 'reopen', { reason: 'The act was amended.' });
    expect(story.openClocks()).toEqual(['reporting']);
    expect(() => story.does('owner', 'close', { outcome: 'measure_adopted', text: 'Done.' })).toThrow('report');
    story.does('owner', 'record-reporting', { reportDate: '2026-11-24' });
    expect(story.openClocks()).toEqual(['closure']);
  });

  it('leaves a date where it was named when a case is closed and reopened', () => {
    const story = broughtTo('closed');
    const due = () => {
      const run = story.runs().findLast(({ policy }) => policy.name === 'reporting');
      return run && inGeneva(readClock(run.cycle, run.calendar, run.cycle.startedAt).dueAt ?? 0);
    };
    const before = due();
    expect(before).toContain('2027-04-30');
    days(story, 40).does('focal point', 'reopen', { reason: 'The act was amended.' });
    expect(story.openClocks()).toEqual(['reporting']);
    expect(due()).toBe(before);
  });

  it('starts cycle two of a clock that the closure had ended, with the time that it had used', () => {
    const story = days(broughtTo('delivery', OPENED, ['training']), 10);
    story.does('owner', 'close', { outcome: 'help_delivered', text: 'Done.' });
    days(story, 30);
    story.does('owner', 'reopen', { reason: 'One more session.' });
    const again = story.runs().filter(({ policy, over }) => policy.name === 'responder_update' && !over);
    expect(again.map(({ number }) => number)).toEqual([2]);
    expect(again[0]?.cycle.carriedMs).toBeGreaterThan(0);
  });

  it('keeps both numbers of a merged case', () => {
    const story = broughtTo('triage');
    story.does('owner', 'merge', { into: 'CCM-A9-2026-0001' });
    expect(story.state).toMatchObject({ sideState: 'merged', mergedInto: 'CCM-A9-2026-0001', requestingState: 'QMB' });
  });
});
