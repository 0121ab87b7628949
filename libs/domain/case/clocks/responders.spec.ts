import { broughtTo } from '../../../../test/support/case-routes.js';
import type { CaseStory } from '../../../../test/support/case-story.js';

const interest = (story: CaseStory, at: string) => story.does('legalaid', 'express-interest', {}, at);
const decline = (story: CaseStory, who: 'legalaid' | 'coalition', at: string) =>
  story.does(who, 'decline-invitation', { reason: 'No capacity.' }, at);

/** Instants are times in Geneva, reckoned by hand; Ascension is 6 May 2027, Whit Monday 17 May. */
describe('the clocks from circulation to an accepted offer', () => {
  it('gives two working days to circulate', () => {
    const story = broughtTo('consent', '2026-11-24 10:00');
    story.does('focal point', 'give-consent', {});
    story.until('2026-12-20 12:00');
    expect(story.heard('circulate')).toEqual([
      '2026-11-26 11:15 clock_warned: warning L0',
      '2026-11-26 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });

  it('gives each responder 15 working days, reminded 5 before, on the day and 5 after; then lead and ISU', () => {
    const story = broughtTo('circulated', '2027-04-26 09:00');
    decline(story, 'coalition', '2027-04-28 10:00');
    story.until('2027-08-01 12:00');
    expect(story.heard('responder_answer')).toEqual([
      '2027-05-11 09:00 reminder_due: reminder org-legalaid',
      '2027-05-19 09:00 reminder_due: reminder org-legalaid',
      '2027-05-19 17:00 clock_breached: breach L0',
      '2027-05-26 09:00 reminder_due: reminder org-legalaid',
      '2027-05-26 17:00 clock_escalated: escalation L1',
      '2027-06-02 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('does not let escalations pass while the case is suspended', () => {
    const story = broughtTo('circulated', '2027-04-26 09:00');
    decline(story, 'coalition', '2027-04-28 10:00');
    story.does('owner', 'suspend', { reason: 'Crisis.', reviewOn: '2027-09-01' }, '2027-05-21 17:00');
    story.does('owner', 'resume', {}, '2027-07-05 09:00');
    story.until('2027-07-20 12:00');
    expect(story.heard('responder_answer').slice(3)).toEqual([
      '2027-07-07 09:00 reminder_due: reminder org-legalaid',
      '2027-07-07 17:00 clock_escalated: escalation L1',
      '2027-07-14 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('starts a responder’s 15 days anew when its question has been answered', () => {
    const story = broughtTo('circulated', '2026-11-24 10:00');
    story.does('legalaid', 'ask-question', { question: 'A draft?' }, '2026-11-25 10:00');
    expect(story.openClocks()).toContain('answer_question');
    const [questionId = ''] = Object.keys(story.state.questions);
    story.does('owner', 'answer-question', { questionId, answer: 'Yes.' }, '2026-11-26 10:00');
    const cycles = story
      .runs()
      .filter(({ policy, subject }) => policy.name === 'responder_answer' && subject === 'org-legalaid');
    expect(cycles.map(({ number, over }) => [number, over])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('presses nobody for an answer who has given one, only because a question was answered', () => {
    const story = broughtTo('circulated', '2026-11-24 10:00');
    interest(story, '2026-11-25 10:00');
    story.does('legalaid', 'ask-question', { question: 'A draft?' });
    const [questionId = ''] = Object.keys(story.state.questions);
    story.does('owner', 'answer-question', { questionId, answer: 'Yes.' });
    const open = story.runs().filter(({ policy, over }) => policy.name === 'responder_answer' && !over);
    expect(open.map(({ subject }) => subject)).toEqual(['org-coalition']);
  });

  it('waits until a responder’s last question is answered', () => {
    const story = broughtTo('circulated', '2026-11-24 10:00');
    story.does('legalaid', 'ask-question', { question: 'A draft?' });
    story.does('legalaid', 'ask-question', { question: 'Which language?' });
    const [first = '', second = ''] = Object.keys(story.state.questions);
    const asked = () =>
      story
        .runs()
        .some(({ policy, over, subject }) => policy.name === 'responder_answer' && !over && subject === 'org-legalaid');
    story.does('owner', 'answer-question', { questionId: first, answer: 'Yes.' });
    expect([asked(), story.state.invitations['org-legalaid']]).toEqual([false, 'question']);
    story.does('owner', 'answer-question', { questionId: second, answer: 'French.' });
    expect([asked(), story.state.invitations['org-legalaid']]).toEqual([true, 'invited']);
  });

  it('gives the coordinators five working days to answer a question', () => {
    const story = broughtTo('circulated', '2026-11-24 10:00');
    story.does('legalaid', 'ask-question', { question: 'A draft?' });
    story.until('2026-12-20 12:00');
    expect(story.heard('answer_question')).toEqual([
      '2026-11-30 13:15 clock_warned: warning L0',
      '2026-12-01 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });

  it('expects a first offer 30 working days after circulation', () => {
    const story = broughtTo('circulated', '2027-04-26 09:00').until('2027-12-01 12:00');
    expect(story.heard('first_offer')).toEqual([
      '2027-05-31 11:00 clock_warned: warning L0',
      '2027-06-09 17:00 clock_breached: breach L0, escalation L1',
      '2027-06-23 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('gives the State 20 working days to decide on an offer, over the turn of the year', () => {
    const story = broughtTo('matching', '2026-11-24 10:00').until('2027-01-20 12:00');
    expect(story.heard('offer_decision')).toEqual([
      '2026-12-15 09:00 reminder_due: reminder requester',
      '2026-12-22 09:00 reminder_due: reminder requester',
      '2026-12-22 17:00 clock_breached: breach L0, escalation L1',
      '2027-01-08 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('is unmatched after 60 days: the ISU hears at once, the Committee after 90 days', () => {
    const story = broughtTo('circulated', '2027-04-26 09:00').until('2028-01-01 12:00');
    expect(story.heard('acceptable_offer')).toEqual([
      '2027-06-25 17:00 became_unmatched: unmatched requester, unmatched L0, escalation L2',
    ]);
    expect(story.heard('second_round')).toEqual([
      '2027-07-01 15:00 clock_warned: warning L0',
      '2027-07-02 17:00 clock_breached: breach L0, escalation L1',
    ]);
    // The 90th day, 25 July 2027, is a Sunday.
    expect(story.heard('placement')).toEqual([
      '2027-07-26 17:00 clock_breached: breach L0, escalation L2',
      '2027-07-26 17:00 clock_escalated: escalation L3',
    ]);
    expect(story.state.escalatedTo).toBe(3);
  });

  it('is not unmatched while an offer is before the State, and then from the day of its refusal', () => {
    const story = broughtTo('circulated', '2027-04-26 09:00');
    const offer = { text: 'One session.', from: '2027-09-01', to: '2027-10-01', funding: 'none' };
    story.does('legalaid', 'make-offer', offer, '2027-06-24 10:00');
    story.until('2027-07-06 12:00');
    expect(story.stage).toBe('matching');
    const [offerId = ''] = Object.keys(story.state.offers);
    story.does('focal point', 'decline-offer', { offerId, reason: 'Too short.' }, '2027-07-07 10:00');
    expect(story.stage).toBe('unmatched');
    expect(story.heard('acceptable_offer')[0]).toContain('2027-07-07 10:00 became_unmatched');
    story.until('2027-07-15 12:00');
    expect(story.heard('second_round').at(-1)).toContain('2027-07-14 17:00 clock_breached');
  });

  it('goes back to matching when a responder comes forward late, with 60 days more to find an offer', () => {
    const story = broughtTo('unmatched', '2027-04-26 09:00');
    interest(story, '2027-07-01 10:00');
    expect(story.stage).toBe('matching');
    expect(story.openClocks()).toEqual(expect.arrayContaining(['acceptable_offer', 'placement']));
    expect(story.openClocks()).not.toContain('second_round');
    expect(story.until('2027-09-05 12:00').stage).toBe('unmatched');
  });

  it('tells the ISU at once when no responder is interested at all, and the coordinators are to act', () => {
    const story = broughtTo('circulated', '2026-11-24 10:00');
    decline(story, 'legalaid', '2026-11-25 10:00');
    expect(story.mailsOf('invitation_declined')).toEqual(['responder_answer L0']);
    decline(story, 'coalition', '2026-11-25 11:00');
    expect(story.mailsOf('invitation_declined')).toEqual(['responder_answer L0', 'all_declined L2']);
  });
});
