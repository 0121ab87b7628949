import { broughtTo } from '../../../test/support/case-routes.js';
import { CaseStory } from '../../../test/support/case-story.js';

const OFFER = { text: 'One session.', from: '2027-02-01', to: '2027-04-01', funding: 'none' };

describe('the mails that each event calls for', () => {
  it('sends the State a receipt at once, and the acknowledgement of a person', () => {
    const story = new CaseStory('2026-11-24 10:00');
    expect(story.mailsOf('opened')).toEqual(['receipt requester']);
    story.does('coordinator', 'acknowledge', { message: 'We have it.' });
    expect(story.mailsOf('acknowledged')).toEqual(['acknowledgement requester']);
  });

  it('tells a coordinator that the case is theirs', () => {
    const story = broughtTo('triage');
    story.does('lead', 'assign-owner', { ownerId: 'coordinator' });
    expect(story.mailsOf('owner_assigned')).toEqual(['assignment L0']);
  });

  it('carries questions to the State and answers to the owner', () => {
    const story = broughtTo('returned');
    expect(story.mailsOf('returned')).toEqual(['questions requester']);
    story.does('focal point', 'answer', { answers: ['Defence.'] });
    expect(story.mailsOf('answered')).toEqual(['answers L0']);
  });

  it('tells the State why a request is not taken up, and nobody else', () => {
    const story = broughtTo('triage');
    story.does('owner', 'decline', { reason: 'Outside the mandate.' });
    expect(story.mailsOf('declined')).toEqual(['case_ended requester']);
    const rejected = broughtTo('verification');
    rejected.does('coordinator', 'reject', { reason: 'Not authorised.' });
    expect(rejected.mailsOf('rejected')).toEqual(['case_ended requester']);
  });

  it('asks the State for consent, and tells the owner what it says', () => {
    const story = broughtTo('consent');
    expect(story.mailsOf('consent_requested')).toEqual(['consent_request requester']);
    story.does('focal point', 'refuse-consent', { reason: 'Not to all.' });
    expect(story.mailsOf('consent_refused')).toEqual(['consent_answer L0']);
  });

  it('invites each chosen responder by a mail of its own', () => {
    expect(broughtTo('circulated').mailsOf('circulated')).toEqual([
      'invitation org-legalaid',
      'invitation org-coalition',
    ]);
  });

  it('tells only the owner what a responder answers, and only the State and the owner of an offer', () => {
    const story = broughtTo('circulated');
    story.does('legalaid', 'ask-question', { question: 'A draft?' });
    expect(story.mailsOf('question_asked')).toEqual(['responder_answer L0']);
    const [questionId = ''] = Object.keys(story.state.questions);
    story.does('owner', 'answer-question', { questionId, answer: 'Yes.' });
    expect(story.mailsOf('question_answered')).toEqual(['question_answered org-legalaid']);
    story.does('legalaid', 'express-interest', {});
    expect(story.mailsOf('interest_expressed')).toEqual(['responder_answer L0']);
    story.does('coalition', 'make-offer', OFFER);
    expect(story.mailsOf('offer_made')).toEqual(['offer requester', 'responder_answer L0']);
  });

  it('tells a responder of the decision on its offer, not of the offers of others', () => {
    const story = broughtTo('matching');
    story.does('coalition', 'make-offer', OFFER);
    const [first = '', second = ''] = Object.keys(story.state.offers);
    story.does('focal point', 'decline-offer', { offerId: second, reason: 'Too late.' });
    expect(story.mailsOf('offer_declined')).toEqual(['offer_decision org-coalition', 'offer_decision L0']);
    story.does('focal point', 'accept-offer', { offerId: first });
    expect(story.mailsOf('offer_accepted')).toEqual(['offer_decision org-legalaid', 'offer_decision L0']);
  });

  it('leaves nobody waiting whose offer was not taken: it is declined with the choice of another, and told so', () => {
    const story = broughtTo('matching');
    story.does('coalition', 'make-offer', OFFER);
    const [first = '', second = ''] = Object.keys(story.state.offers);
    story.does('focal point', 'accept-offer', { offerId: first });
    expect(story.state.offers[second]?.status).toBe('declined');
    expect(story.mailsOf('offer_accepted')).toEqual([
      'offer_decision org-legalaid',
      'offer_decision org-coalition',
      'offer_decision L0',
    ]);
  });

  it('sends the plan, the closure and a reopening to the State and to whoever helps', () => {
    const story = broughtTo('closed');
    const both = (kind: string) => [`${kind} requester`, `${kind} org-legalaid`];
    expect(story.mailsOf('plan_agreed')).toEqual(both('plan'));
    expect(story.mailsOf('closed')).toEqual(both('closure'));
    story.does('owner', 'reopen', { reason: 'One more session.' });
    expect(story.mailsOf('reopened')).toEqual(both('reopened'));
  });

  it('tells responders that have not declined when the case rests, goes on, or is withdrawn', () => {
    const story = broughtTo('circulated');
    story.does('coalition', 'decline-invitation', { reason: 'No capacity.' });
    story.does('owner', 'suspend', { reason: 'Crisis.', reviewOn: '2027-01-11' });
    expect(story.mailsOf('suspended')).toEqual(['suspended requester', 'suspended org-legalaid']);
    story.does('owner', 'resume', {});
    expect(story.mailsOf('resumed')).toEqual(['resumed requester', 'resumed org-legalaid']);
    story.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    expect(story.mailsOf('withdrawn')).toEqual(['case_ended L0', 'case_ended org-legalaid']);
  });

  it('asks no responder for an outcome form who has not helped', () => {
    const story = broughtTo('unmatched');
    story.does('owner', 'close', { outcome: 'no_offer_found', text: 'Nobody.' });
    expect(story.mailsOf('closed')).toEqual([
      'closure requester',
      'case_ended org-legalaid',
      'case_ended org-coalition',
    ]);
  });

  it('sends nothing for what is internal, nor for what people only report', () => {
    const story = broughtTo('delivery');
    story.does('owner', 'add-note', { text: 'Call them.' });
    story.does('owner', 'log-contact', { with: 'Mission', means: 'call', text: 'All well.' });
    story.does('owner', 'change-priority', { priority: 'P1' });
    story.does('legalaid', 'update-progress', { text: 'Drafting.' });
    story.does('focal point', 'give-view', { text: 'It helps.' });
    const types = ['note_added', 'contact_logged', 'priority_changed', 'progress_updated', 'view_given'] as const;
    for (const type of types) expect(story.mailsOf(type)).toEqual([]);
  });

  it('sends each step of a clock once to each, and lets reminders rather be lost than sent twice', () => {
    const story = broughtTo('circulated').until('2027-06-01 12:00');
    const steps = story.told.flatMap(({ notices }) => notices).filter(({ sequence }) => sequence);
    const keys = steps.map(({ kind, to, organisationId, sequence }) => [kind, to, organisationId, sequence].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
    expect(steps.filter(({ kind }) => kind === 'reminder').every(({ delivery }) => delivery === 'reminder')).toBe(true);
    expect(steps.filter(({ kind }) => kind === 'escalation').every(({ delivery }) => delivery === 'notice')).toBe(true);
  });

  it('names the rung of the ladder in every escalation', () => {
    const story = broughtTo('circulated').until('2027-06-01 12:00');
    const escalations = story.told.flatMap(({ notices }) => notices).filter(({ kind }) => kind === 'escalation');
    expect(escalations.length).toBeGreaterThan(3);
    expect(escalations.every(({ to, level }) => to === `L${level}`)).toBe(true);
  });

  it('names the responder in every reminder of its own answer', () => {
    const story = broughtTo('circulated').until('2027-06-01 12:00');
    const notices = story.told.flatMap(({ notices }) => notices).filter(({ to }) => to === 'responder');
    const reminded = notices.filter(({ kind }) => kind === 'reminder').map(({ organisationId }) => organisationId);
    expect(reminded).toEqual(expect.arrayContaining(['org-legalaid', 'org-coalition']));
    expect(notices.every(({ organisationId }) => organisationId !== undefined)).toBe(true);
  });
});
