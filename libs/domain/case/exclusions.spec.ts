import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { can, visibleFields } from '../access/can.js';
import { awaiting } from './awaiting.js';
import { nextStep } from './next-step.js';

const reason = 'A dispute.';
const OFFER = { text: 'One session.', from: '2027-02-01', to: '2027-04-01', funding: 'none' };
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};
const lastMails = (story: CaseStory) => story.told.at(-1)?.notices.map(({ kind, to }) => `${kind} ${to}`);
const openSubjects = (story: CaseStory) =>
  story.runs().flatMap(({ over, subject }) => (over || !subject ? [] : [subject]));

describe('a party that the State excludes after it was invited', () => {
  it('has no case any more, while nothing changes for the others; only the owner hears of it', () => {
    const story = broughtTo('circulated');
    story.does('focal point', 'exclude-party', { party: 'Coalition', reason });
    expect(can(CASE_PEOPLE.coalition, 'read', story.state)).toBe(false);
    expect(can(CASE_PEOPLE.coalition, 'make-offer', story.state)).toBe(false);
    expect(can(CASE_PEOPLE.legalaid, 'make-offer', story.state)).toBe(true);
    expect(lastMails(story)).toEqual(['party_excluded L0']);
    expect(openSubjects(story)).toEqual(['org-legalaid']);
  });

  it('is owed nothing and owes nothing: its question, its offer and their clocks are gone', () => {
    const story = broughtTo('matching');
    story.does('coalition', 'make-offer', OFFER);
    story.does('coalition', 'ask-question', { question: 'A draft?' });
    const before = openSubjects(story).length;
    story.does('owner', 'exclude-party', { party: 'COALITION', reason });
    expect(before - openSubjects(story).length).toBe(2);
    expect(Object.values(story.state.offers).map(({ status }) => status)).toEqual(['open', 'declined']);
    expect([awaiting(story.state), nextStep(story.state)]).toEqual(['state', 'Wait for the State’s decision']);
    const mails = story.told.length;
    story.does('focal point', 'accept-offer', { offerId: Object.keys(story.state.offers)[0] ?? '' });
    const told = story.told.slice(mails).flatMap(({ notices }) => notices);
    expect(told.map(({ organisationId }) => organisationId)).not.toContain('org-coalition');
  });

  it('is never invited again, nor proposed', () => {
    const story = broughtTo('circulated');
    story.does('focal point', 'exclude-party', { party: 'org-helvia', reason });
    expect(refusal(() => story.does('owner', 'circulate', { organisations: ['QMX'] }))).toMatchObject({
      code: 'outside_consent',
    });
  });

  it('leaves the coordinators to ask others when it was the last', () => {
    const story = broughtTo('circulated');
    story.does('focal point', 'exclude-party', { party: 'COALITION', reason });
    story.does('focal point', 'exclude-party', { party: 'LEGALAID', reason });
    expect([awaiting(story.state), nextStep(story.state)]).toEqual(['coordinator', 'Circulate more widely']);
    expect(lastMails(story)).toEqual(['party_excluded L0', 'all_declined L2']);
  });

  it.each([
    ['nobody known', 'triage', { party: 'NATO', reason }, 'unknown_subject'],
    ['the State itself', 'triage', { party: 'QMB', reason }, 'invalid_particulars'],
    ['who does the work', 'delivery', { party: 'LEGALAID', reason }, 'not_possible_now'],
  ] as const)('cannot be %s', (_, stage, body, code) => {
    expect(refusal(() => broughtTo(stage).does('focal point', 'exclude-party', body))).toMatchObject({ code });
  });

  it('is not excluded twice', () => {
    const story = broughtTo('triage', '2026-11-24 10:00', ['drafting'], ['Helvia']);
    expect(refusal(() => story.does('owner', 'exclude-party', { party: 'QMX', reason }))).toMatchObject({
      code: 'not_possible_now',
    });
  });
});

describe('what the State agrees to show', () => {
  const circulated = (asked?: 'summary' | 'request', given?: 'summary' | 'request'): CaseStory => {
    const story = broughtTo('triage');
    const { needTypes } = story.state;
    story.does('owner', 'triage', { scope: 'Bill', priority: 'P2', needTypes, summary: 'Help.' });
    story.does('owner', 'request-consent', {
      audience: ['LEGALAID'],
      summary: 'Help.',
      ...(asked && { shows: asked }),
    });
    story.does('focal point', 'give-consent', { ...(given && { shows: given }) });
    story.does('owner', 'circulate', { organisations: ['LEGALAID'] });
    return story;
  };
  const sees = (story: CaseStory) => visibleFields(CASE_PEOPLE.legalaid, story.state, 0).has('participants');

  it.each([
    [undefined, undefined, true],
    ['request', undefined, true],
    ['request', 'summary', false],
    ['summary', undefined, false],
    [undefined, 'summary', false],
  ] as const)('asked for %s and given %s: responders read the request form: %s', (asked, given, read) => {
    expect(sees(circulated(asked, given))).toBe(read);
  });

  it('is never more than was asked', () => {
    expect(refusal(() => circulated('summary', 'request'))).toMatchObject({ code: 'outside_consent' });
  });

  it('cannot be changed once it was agreed: neither the summary nor its readers', () => {
    const story = circulated();
    const again = { audience: 'all_matching' as const, summary: 'Another summary.' };
    expect(refusal(() => story.does('owner', 'request-consent', again))).toMatchObject({ code: 'not_in_this_stage' });
    const body = { scope: 'Bill', priority: 'P2' as const, needTypes: story.state.needTypes, summary: 'Another.' };
    expect(refusal(() => story.does('owner', 'triage', body))).toMatchObject({ code: 'not_in_this_stage' });
    expect(refusal(() => story.does('owner', 'circulate', { organisations: ['COALITION'] }))).toMatchObject({
      code: 'outside_consent',
    });
  });
});
