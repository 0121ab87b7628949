import { inDays } from '../support/days.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

describe('a request for a law, from the form to closure, over HTTP', () => {
  let system: TestSystem;
  let reference = '';
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 60_000);
  afterAll(() => system.stop());

  const summary = 'Help with a bill and its penal sanctions.';
  const does = async (who: string, verb: string, body: unknown = {}) => {
    const answer = await system.step(who, reference, verb, body);
    expect({ verb, status: answer.status, problem: answer.body.detail }).toEqual({ verb, status: 200 });
    return answer.body;
  };
  const openClocks = (view: { clocks: { name: string; stoppedAt: string | null }[] }) =>
    view.clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ name }) => name);

  it('is opened by the State', async () => {
    const { status, body, headers } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    expect(status).toBe(201);
    reference = body.reference;
    expect(headers.get('location')).toBe(`/api/v1/cases/${reference}`);
    expect(body).toMatchObject({ stage: 'submitted', state: 'QMB', owner: null, version: 1 });
    expect(openClocks(body)).toEqual(['acknowledge']);
    expect(body.nextActions).toEqual(['exclude-party', 'withdraw']);
  });

  it('is acknowledged, verified, taken and triaged by a coordinator', async () => {
    expect(await does('coordinator', 'acknowledge', { message: 'We have it.' })).toMatchObject({
      stage: 'verification',
    });
    expect(await does('coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' })).toMatchObject({
      stage: 'triage',
    });
    await does('coordinator', 'take');
    expect(await does('coordinator', 'return', { questions: ['Which ministry leads?'] })).toMatchObject({
      stage: 'returned',
    });
    expect(await does('bravia', 'answer', { answers: ['Defence.'] })).toMatchObject({ stage: 'triage' });
    const body = { scope: 'law', priority: 'P2', needTypes: ['drafting', 'penal_sanctions'], summary };
    expect(await does('coordinator', 'triage', body)).toMatchObject({ stage: 'consent', priority: 'P2' });
  });

  it('is circulated only within the consent of the State', async () => {
    const { body: responders } = await system.call('coordinator', 'GET', '/api/v1/organisations?role=responder');
    const ids = Object.fromEntries(responders.items.map(({ code, id }: { code: string; id: string }) => [code, id]));
    await does('coordinator', 'request-consent', { audience: [ids.LEGALAID, ids.QMX], summary });
    expect(await does('bravia', 'give-consent')).toMatchObject({ stage: 'circulated' });
    const outside = await system.step('coordinator', reference, 'circulate', { organisations: [ids.COALITION] });
    expect(outside).toMatchObject({ status: 409, body: { code: 'outside_consent' } });
    const view = await does('coordinator', 'circulate', { organisations: [ids.LEGALAID, ids.QMX] });
    expect(openClocks(view).filter((name) => name === 'responder_answer')).toHaveLength(2);
  });

  it('is seen by the responders that were invited, and by no other', async () => {
    expect((await system.call('legalaid', 'GET', `/api/v1/cases/${reference}`)).status).toBe(200);
    for (const stranger of ['coalition', 'zelandia', 'aurelia', 'admin', 'president'])
      expect((await system.call(stranger, 'GET', `/api/v1/cases/${reference}`)).status).toBe(404);
  });

  it('shows a responder neither restricted fields nor what other responders say', async () => {
    await does('helvia', 'ask-question', { question: 'Is there a draft?' });
    const { body } = await system.call('legalaid', 'GET', `/api/v1/cases/${reference}`);
    expect(body.request.focalPoint).toBeUndefined();
    expect(body.request.needDescription).toBeDefined();
    expect(body.responderQuestions).toEqual([]);
    expect(body.invitations).toHaveLength(1);
  });

  it('is offered help, which the State accepts, and a plan is agreed', async () => {
    expect(await does('legalaid', 'express-interest')).toMatchObject({ stage: 'matching' });
    const offer = { text: 'Two remote sessions.', from: '2027-01-10', to: '2027-03-10', funding: 'none' };
    await does('legalaid', 'make-offer', offer);
    const { body: view } = await system.call('bravia', 'GET', `/api/v1/cases/${reference}`);
    expect(view.nextActions).toEqual(expect.arrayContaining(['accept-offer', 'decline-offer']));
    expect(await does('bravia', 'accept-offer', { offerId: view.offers[0].id })).toMatchObject({ stage: 'planned' });
    const plan = {
      milestones: [{ title: 'First draft', dueOn: inDays(83), responsible: 'Responder' }],
      language: 'en',
      payer: 'Responder',
    };
    expect(await does('coordinator', 'agree-plan', plan)).toMatchObject({ stage: 'delivery' });
  });

  it('is followed through delivery and the national process to the law and its report', async () => {
    const { body: view } = await system.call('legalaid', 'GET', `/api/v1/cases/${reference}`);
    const milestones = [{ id: view.plan.milestones[0].id, done: true }];
    await does('legalaid', 'update-progress', { text: 'The draft is done.', milestones });
    expect(await does('coordinator', 'start-national-process', { lawTitle: 'A bill', step: 'cabinet' })).toMatchObject({
      stage: 'national_process',
    });
    await does('bravia', 'confirm-current', { step: 'tabled' });
    expect(await does('bravia', 'record-adoption', { title: 'An act', date: '2026-11-01' })).toMatchObject({
      stage: 'reporting',
    });
    const early = await system.step('coordinator', reference, 'close', { outcome: 'measure_adopted', text: 'Done.' });
    expect(early.status).toBe(409);
    await does('coordinator', 'record-reporting', { reportDate: '2026-11-20' });
    const closed = await does('coordinator', 'close', { outcome: 'measure_adopted', text: 'Done.' });
    expect(closed).toMatchObject({ stage: 'closed' });
    expect([...new Set(openClocks(closed))].sort()).toEqual(['follow_up', 'outcome_form']);
  });

  it('keeps a timeline in which the State sees no internal note', async () => {
    const { body } = await system.call('bravia', 'GET', `/api/v1/cases/${reference}/timeline`);
    const types = body.items.map(({ type }: { type: string }) => type);
    expect(types.slice(0, 3)).toEqual(['opened', 'acknowledged', 'authority_verified']);
    expect(types).not.toContain('clock_warned');
  });
});
