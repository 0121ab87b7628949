import { broughtTo } from '../../../../test/support/case-routes.js';
import { CaseStory } from '../../../../test/support/case-story.js';

/** Instants are times in Geneva, reckoned by hand: 09:00–17:00, Monday to Friday, without the holidays of the canton. */
describe('the clocks from receipt to consent', () => {
  it('gives two working days to acknowledge: pool warned at 75 %, then the lead', () => {
    const story = new CaseStory('2026-11-24 10:00').until('2027-06-01 12:00');
    expect(story.heard('acknowledge')).toEqual([
      '2026-11-26 11:15 clock_warned: warning L0',
      '2026-11-26 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });

  it('does not count Christmas Day and the weekend after it', () => {
    const story = new CaseStory('2026-12-23 16:00').until('2027-01-10 12:00');
    expect(story.heard('acknowledge')).toEqual([
      '2026-12-28 12:45 clock_warned: warning L0',
      '2026-12-28 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });

  it('starts for a request that came at night on the next working day', () => {
    const story = new CaseStory('2026-11-24 23:30').until('2026-12-10 12:00');
    expect(story.heard('acknowledge').at(-1)).toContain('2026-11-26 17:00 clock_breached');
  });

  it('gives five working days to verify, and tells the ISU five later', () => {
    const story = broughtTo('verification', '2026-12-22 11:00').until('2027-03-01 12:00');
    expect(story.heard('verify')).toEqual([
      '2026-12-29 13:30 clock_warned: warning L0',
      '2026-12-30 17:00 clock_breached: breach L0, escalation L1',
      '2027-01-08 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('gives one working day to find an owner, and five to triage', () => {
    const story = broughtTo('verification', '2026-11-24 15:00');
    story.does('coordinator', 'verify', { means: 'mission', evidence: 'Call.' });
    story.until('2027-01-20 12:00');
    expect(story.heard('assign_owner')).toEqual([
      '2026-11-25 14:30 clock_warned: warning L0',
      '2026-11-25 17:00 clock_breached: breach L0, escalation L1',
    ]);
    expect(story.heard('triage')).toEqual([
      '2026-11-30 14:30 clock_warned: warning L0',
      '2026-12-01 17:00 clock_breached: breach L0, escalation L1',
      '2026-12-08 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('asks for no owner where there is one already', () => {
    const story = broughtTo('verification');
    story.does('owner', 'take', {});
    story.does('owner', 'verify', { means: 'mission', evidence: 'Call.' });
    expect(story.openClocks()).toEqual(['triage']);
  });

  it('stops the triage clock while questions are with the State, and goes on with the open time left', () => {
    const story = broughtTo('triage', '2026-11-24 15:00');
    story.does('owner', 'return', { questions: ['Which ministry?'] }, '2026-11-27 13:00');
    story.does('focal point', 'answer', { answers: ['Defence.'] }, '2026-12-04 09:00');
    story.until('2026-12-09 12:00');
    expect(story.heard('triage').at(-1)).toBe('2026-12-08 13:00 clock_breached: breach L0, escalation L1');
  });

  it('reminds the State of the questions after 7, 14 and 28 days; after 60 the case is dormant, never late', () => {
    const story = broughtTo('returned', '2026-11-24 10:00').until('2027-06-01 12:00');
    expect(story.heard('answer')).toEqual([
      '2026-12-01 09:00 reminder_due: reminder requester',
      '2026-12-08 09:00 reminder_due: reminder requester',
      '2026-12-22 09:00 reminder_due: reminder requester',
      '2027-01-25 17:00 became_dormant: dormant requester, dormant L0',
    ]);
  });

  it('moves those reminders on by the time that the case was suspended', () => {
    const story = broughtTo('returned', '2026-11-24 10:00');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-01-11' }, '2026-11-26 10:00');
    story.does('owner', 'resume', {}, '2026-12-10 10:00');
    story.until('2026-12-16 12:00');
    expect(story.heard('answer')).toEqual(['2026-12-15 09:00 reminder_due: reminder requester']);
  });

  it('gives two working days to ask for consent', () => {
    const story = broughtTo('triage', '2026-11-24 10:00');
    const body = { scope: 'Bill', priority: 'P2', needTypes: ['drafting'], summary: 'Help.' } as const;
    story.does('owner', 'triage', { ...body, needTypes: ['drafting'] });
    story.until('2026-12-20 12:00');
    expect(story.heard('consent_request')).toEqual([
      '2026-11-26 11:15 clock_warned: warning L0',
      '2026-11-26 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });

  it('gives the State ten working days for its consent, over Easter; silence is never taken for a yes', () => {
    const story = broughtTo('consent', '2027-03-16 10:00').until('2027-09-01 12:00');
    expect(story.heard('consent')).toEqual([
      '2027-03-23 09:00 reminder_due: reminder requester',
      '2027-03-30 11:15 clock_warned: warning L0',
      '2027-04-01 17:00 clock_breached: breach L0, escalation L1',
    ]);
    expect(story.stage).toBe('consent');
  });
});
