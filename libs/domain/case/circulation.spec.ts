import { broughtTo } from '../../../test/support/case-routes.js';
import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { awaiting } from './awaiting.js';
import { possibleVerbs } from './decide.js';
import { nextStep } from './next-step.js';
import type { Audience } from './state.js';

const OPENED = '2026-11-24 10:00';
const refusalOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

/** A case triaged, with consent asked for the audience and answered with `agreed`. */
function consented(asked: Audience, agreed?: Audience, excluded: string[] = []): CaseStory {
  const story = broughtTo('triage', OPENED, ['drafting'], excluded);
  story.does('owner', 'triage', { scope: 'Bill', priority: 'P2', needTypes: ['drafting'], summary: 'Help.' });
  story.does('owner', 'request-consent', { audience: asked, summary: 'Help.' });
  story.does('focal point', 'give-consent', agreed ? { audience: agreed } : {});
  return story;
}
const circulate = (story: CaseStory, ...organisations: string[]) => story.does('owner', 'circulate', { organisations });

describe('circulation within the consent of the State', () => {
  it.each(['QMX', 'qmx', 'Helvia', ' helvia ', 'org-helvia'])('never reaches a party excluded as “%s”', (excluded) => {
    const story = consented('all_matching', undefined, [excluded]);
    expect(refusalOf(() => circulate(story, 'LEGALAID', 'QMX'))).toMatchObject({
      code: 'outside_consent',
      message: expect.stringContaining('QMX'),
    });
    circulate(story, 'LEGALAID');
    expect(Object.keys(story.state.invitations)).toEqual(['org-legalaid']);
  });

  it('cannot even propose an excluded party to the State, nor can the State name one by mistake', () => {
    const asked = broughtTo('triage', OPENED, ['drafting'], ['Helvia']);
    asked.does('owner', 'triage', { scope: 'Bill', priority: 'P2', needTypes: ['drafting'], summary: 'Help.' });
    const propose = () => asked.does('owner', 'request-consent', { audience: ['QMX'], summary: 'Help.' });
    expect(refusalOf(propose)).toMatchObject({ code: 'outside_consent' });
    expect(refusalOf(() => consented('all_matching', ['QMX'], ['Helvia']))).toMatchObject({ code: 'outside_consent' });
  });

  it('goes to nobody that the State has not agreed to, and says whom', () => {
    const story = consented(['LEGALAID', 'COALITION'], ['LEGALAID']);
    expect(refusalOf(() => circulate(story, 'LEGALAID', 'COALITION'))).toMatchObject({
      code: 'outside_consent',
      message: expect.stringContaining('COALITION'),
      allowed: expect.arrayContaining(['circulate']),
    });
  });

  it('lets the State agree to fewer than proposed, never to others', () => {
    expect(refusalOf(() => consented(['LEGALAID'], ['COALITION']))).toMatchObject({ code: 'outside_consent' });
    expect(refusalOf(() => consented(['LEGALAID'], 'all_matching'))).toMatchObject({ code: 'outside_consent' });
    expect(consented('all_matching', ['LEGALAID']).state.consent?.audience).toEqual(['org-legalaid']);
  });

  it('does not invite the requesting State to its own request', () => {
    expect(refusalOf(() => circulate(consented('all_matching'), 'QMB'))).toMatchObject({ code: 'invalid_particulars' });
  });

  it('knows no responder that does not exist', () => {
    expect(refusalOf(() => circulate(consented('all_matching'), 'NATO'))).toMatchObject({
      code: 'unknown_subject',
      message: expect.stringContaining('NATO'),
    });
  });

  it('asks again, another audience, after a refusal', () => {
    const story = broughtTo('consent', OPENED);
    story.does('focal point', 'refuse-consent', { reason: 'Not to all.' });
    expect([story.stage, story.openClocks()]).toEqual(['consent', ['consent_request']]);
    story.does('owner', 'request-consent', { audience: ['LEGALAID'], summary: 'Help.' });
    expect(story.openClocks()).toEqual(['consent']);
  });

  it('invites nobody twice, save who has declined', () => {
    const story = consented('all_matching');
    circulate(story, 'LEGALAID', 'COALITION');
    story.does('coalition', 'decline-invitation', { reason: 'No capacity.' });
    expect(refusalOf(() => circulate(story, 'LEGALAID'))).toMatchObject({ code: 'invalid_particulars' });
    circulate(story, 'LEGALAID', 'COALITION');
    expect(story.mailsOf('circulated')).toEqual(['invitation org-coalition']);
  });
});

describe('a responder', () => {
  const story = () => broughtTo('circulated', OPENED);
  const offer = { text: 'One session.', from: '2027-02-01', to: '2027-04-01', funding: 'none' };

  it('may reconsider after declining', () => {
    const one = story();
    one.does('legalaid', 'decline-invitation', { reason: 'No capacity.' });
    one.does('legalaid', 'express-interest', {});
    expect(one.state.invitations['org-legalaid']).toBe('interested');
  });

  it('may step back when its offer has been declined, and offer anew', () => {
    const one = story();
    one.does('legalaid', 'make-offer', offer);
    expect(possibleVerbs(one.state, CASE_PEOPLE.legalaid)).not.toContain('decline-invitation');
    const [offerId = ''] = Object.keys(one.state.offers);
    one.does('focal point', 'decline-offer', { offerId, reason: 'Too late.' });
    expect(possibleVerbs(one.state, CASE_PEOPLE.legalaid)).toEqual([
      'decline-invitation',
      'ask-question',
      'pass-on',
      'make-offer',
    ]);
  });

  it('cannot offer to end before it begins', () => {
    const backwards = { ...offer, to: '2027-01-01' };
    expect(refusalOf(() => story().does('legalaid', 'make-offer', backwards))).toMatchObject({
      code: 'invalid_particulars',
    });
  });

  it.each(['nothing-like-it', '__proto__', 'constructor'])(
    'is not answered on a question “%s” that nobody asked',
    (id) => {
      const one = story();
      one.does('legalaid', 'ask-question', { question: 'A draft?' });
      const answer = () => one.does('owner', 'answer-question', { questionId: id, answer: 'Yes.' });
      expect(refusalOf(answer)).toMatchObject({ code: 'unknown_subject' });
    },
  );
});

describe('whose move it is', () => {
  const seen = (story: CaseStory) => [awaiting(story.state), nextStep(story.state)];

  it('is the coordinators’ before the first round, for an open question, and when everybody has declined', () => {
    const story = consented('all_matching');
    expect(seen(story)).toEqual(['coordinator', 'Circulate']);
    circulate(story, 'LEGALAID');
    expect(seen(story)).toEqual(['responder', 'Wait for responders']);
    story.does('legalaid', 'ask-question', { question: 'A draft?' });
    expect(seen(story)).toEqual(['coordinator', 'Answer a question']);
    const [questionId = ''] = Object.keys(story.state.questions);
    story.does('owner', 'answer-question', { questionId, answer: 'Yes.' });
    story.does('legalaid', 'decline-invitation', { reason: 'No capacity.' });
    expect(seen(story)).toEqual(['coordinator', 'Circulate more widely']);
  });

  it('is the State’s while an offer is before it, and when its case is dormant', () => {
    expect(seen(broughtTo('matching'))).toEqual(['state', 'Wait for the State’s decision']);
    const dormant = broughtTo('returned', OPENED).until('2027-03-01 10:00');
    expect(seen(dormant)).toEqual(['state', 'Call the State']);
  });

  it('is nobody’s while a case rests or when it has ended', () => {
    const story = broughtTo('delivery', OPENED);
    story.does('owner', 'suspend', { reason: 'Crisis.', reviewOn: '2027-02-01' });
    expect(seen(story)).toEqual([null, 'Review the suspension']);
    story.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    expect(seen(story)).toEqual([null, null]);
  });
});
