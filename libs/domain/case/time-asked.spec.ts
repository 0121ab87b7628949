import { broughtTo } from '../../../test/support/case-routes.js';
import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import { possibleVerbs } from './decide.js';

const circulated = () => broughtTo('circulated', '2026-11-24 10:00');
const heard = (story: ReturnType<typeof circulated>) =>
  story.heard('responder_answer').filter((line) => line.includes('legalaid') || !line.includes('org-'));

/** The answer is due on 15 December 2026 at 17:00 in Geneva; it is reminded of on 8, 15 and 22 December. */
describe('a responder that asks for time', () => {
  it('is not reminded before the day that it names, and then once for all that was due meanwhile', () => {
    const story = circulated();
    story.does('coalition', 'decline-invitation', { reason: 'No capacity.' });
    story.does('legalaid', 'ask-for-time', { until: '2026-12-17' }, '2026-12-01 10:00');
    expect(story.mailsOf('time_asked')).toEqual(['time_asked L0']);
    story.until('2027-01-05 12:00');
    expect(heard(story)).toEqual([
      '2026-12-15 17:00 clock_breached: breach L0',
      '2026-12-17 09:00 reminder_due: reminder org-legalaid',
      '2026-12-22 09:00 reminder_due: reminder org-legalaid',
      '2026-12-22 17:00 clock_escalated: escalation L1',
      '2026-12-30 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('is late on the day on which it would have been: its clock goes on', () => {
    const [asked, silent] = [circulated(), circulated()];
    asked.does('legalaid', 'ask-for-time', { until: '2027-01-12' });
    const due = (story: typeof asked) =>
      story
        .until('2027-02-01 12:00')
        .heard('responder_answer')
        .filter((line) => line.includes('clock_'));
    expect(due(asked)).toEqual(due(silent));
  });

  it('leaves the reminders of others as they are', () => {
    const story = circulated();
    story.does('legalaid', 'ask-for-time', { until: '2026-12-17' });
    story.until('2026-12-08 12:00');
    expect(story.heard('responder_answer')).toEqual(['2026-12-08 09:00 reminder_due: reminder org-coalition']);
  });

  it('may name another day, later or sooner', () => {
    const story = circulated();
    story.does('legalaid', 'ask-for-time', { until: '2026-12-17' });
    story.does('legalaid', 'ask-for-time', { until: '2026-12-10' });
    story.until('2026-12-10 12:00');
    expect(heard(story).at(-1)).toBe('2026-12-10 09:00 reminder_due: reminder org-legalaid');
  });

  it.each(['2026-11-24', '2026-11-01', '2027-01-24', 'nonsense'])('cannot name %s', (until) => {
    expect(() => circulated().does('legalaid', 'ask-for-time', { until })).toThrow(
      'until: must be within the next 60 days.',
    );
  });

  it('has nothing to ask for once it has answered, or while its question waits', () => {
    const story = circulated();
    story.does('legalaid', 'express-interest', {});
    story.does('coalition', 'ask-question', { question: 'A draft?' });
    for (const who of ['legalaid', 'coalition'] as const)
      expect(possibleVerbs(story.state, CASE_PEOPLE[who])).not.toContain('ask-for-time');
  });
});

describe('a request that is passed on', () => {
  const email = ' Colleague@Example.test ';

  it('goes to the colleague, whom the responder has named by address', () => {
    const story = circulated();
    story.does('legalaid', 'pass-on', { email });
    expect(story.mailsOf('invitation_passed_on')).toEqual(['passed_on org-legalaid']);
    expect(story.state.contacts).toEqual({ 'org-legalaid': 'colleague' });
    expect(() => story.does('legalaid', 'pass-on', { email })).toThrow('gets the mails of this case already');
  });

  it('cannot be passed to anybody else, whoever they may be', () => {
    for (const address of ['focal@bravia.example.test', 'coalition', ''])
      expect(() => circulated().does('legalaid', 'pass-on', { email: address })).toThrow(
        'email: nobody of your organisation has an account with this address. Your administrator can invite them.',
      );
  });

  it('stops no clock, and is still answered by anybody of the responder', () => {
    const story = circulated();
    const before = story.openClocks();
    story.does('legalaid', 'pass-on', { email });
    expect(story.openClocks()).toEqual(before);
    expect(possibleVerbs(story.state, CASE_PEOPLE.legalaid)).toContain('express-interest');
  });

  it('can be passed on until the case ends, but not by one that has declined', () => {
    const story = broughtTo('delivery');
    expect(possibleVerbs(story.state, CASE_PEOPLE.legalaid)).toContain('pass-on');
    const declined = circulated();
    declined.does('legalaid', 'decline-invitation', { why: 'capacity' });
    expect(possibleVerbs(declined.state, CASE_PEOPLE.legalaid)).not.toContain('pass-on');
  });
});

describe('a responder that declines', () => {
  it('says why in one of a few words, in its own, or both, but never nothing', () => {
    const story = circulated();
    expect(() => story.does('legalaid', 'decline-invitation', {})).toThrow('reason: say why');
    const [event] = story.does('legalaid', 'decline-invitation', { why: 'conflict' });
    expect(event).toEqual({
      type: 'invitation_declined',
      body: { organisationId: 'org-legalaid', reason: null, why: 'conflict' },
    });
  });
});
