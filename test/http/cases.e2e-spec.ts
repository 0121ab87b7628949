import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

const DAY_MS = 86_400_000;
type View = { clocks: { name: string; cycle: number; stoppedAt: string | null; state: string }[] };
const open = ({ clocks }: View) => clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ name }) => name);

describe('whole cases, over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 60_000);
  afterAll(() => system.stop());

  const advance = async (days: number) => {
    const { status } = await system.call('admin', 'POST', '/api/v1/demo/clock', { advance: `P${days}D` });
    expect(status).toBe(200);
  };
  const dayOfDemo = async (days: number) => {
    const { body } = await system.call('admin', 'GET', '/api/v1/demo/clock');
    return new Date(Date.parse(body.now as string) + days * DAY_MS).toISOString().slice(0, 10);
  };

  it('help without a law is delivered, closed, told by every side, and reopened', async () => {
    const one = await HttpCase.after(system, 'agree-plan', { needTypes: ['training'] });
    expect(await one.tries('coordinator', 'start-national-process')).toMatchObject({
      status: 409,
      body: { type: '/problems/not-possible-now' },
    });
    const { plan } = await one.seenBy('legalaid');
    const milestones = [{ id: plan.milestones[0].id, done: true }];
    expect(await one.does('legalaid', 'update-progress', { milestones })).toMatchObject({
      plan: { milestones: [{ done: true }] },
    });
    await one.does('bravia', 'give-view');
    const closed = await one.does('coordinator', 'close');
    expect(closed).toMatchObject({
      stage: 'closed',
      closure: { outcome: 'help_delivered' },
      nextActions: expect.arrayContaining(['reopen']),
    });
    expect([...new Set(open(closed))].sort()).toEqual(['follow_up', 'outcome_form']);
    for (const who of ['bravia', 'legalaid', 'coordinator']) await one.does(who, 'record-outcome');
    await one.does('coordinator', 'record-follow-up');
    const reopened = await one.does('bravia', 'reopen');
    expect(reopened).toMatchObject({ stage: 'delivery', closure: null });
    expect(reopened.clocks).toContainEqual(
      expect.objectContaining({ name: 'responder_update', cycle: 3, state: 'running' }),
    );
  }, 60_000);

  it('a request is returned, answered, and comes back from dormancy when the State answers late', async () => {
    const one = await HttpCase.after(system, 'take');
    await one.does('coordinator', 'return', { questions: ['Which ministry?', 'Which deadline?'] });
    expect(await one.seenBy('bravia')).toMatchObject({
      awaiting: 'state',
      nextActions: ['answer', 'exclude-party', 'withdraw'],
    });
    await advance(66);
    expect(await one.seenBy('bravia')).toMatchObject({ stage: 'returned', sideState: 'dormant' });
    const answered = await one.does('bravia', 'answer', { answers: ['Defence.', 'None.'] });
    expect(answered).toMatchObject({ stage: 'triage', sideState: null });
    expect(answered.information).toEqual([
      { questions: ['Which ministry?', 'Which deadline?'], answers: ['Defence.', 'None.'] },
    ]);
  }, 60_000);

  it.each([
    ['decline', 'declined', {}],
    ['refer', 'referred', {}],
  ] as const)('a request that does not belong here ends: %s', async (verb, sideState, changes) => {
    const one = await HttpCase.after(system, 'take');
    const ended = await one.does('coordinator', verb, changes);
    expect(ended).toMatchObject({ sideState, nextActions: [] });
    expect(open(ended)).toEqual([]);
    const { body } = await one.get('bravia', '/timeline');
    expect(body.items.at(-1)).toMatchObject({ type: sideState, words: { reason: expect.stringContaining('reason') } });
  });

  it('a request of somebody not authorised is rejected, and stays so whatever is tried', async () => {
    const one = await HttpCase.after(system, 'acknowledge');
    expect(await one.does('coordinator', 'reject')).toMatchObject({ sideState: 'declined' });
    // Its workflow has ended with it: a command is still answered by the rules.
    for (const who of ['coordinator', 'bravia'])
      expect(await one.tries(who, who === 'bravia' ? 'withdraw' : 'take')).toMatchObject({
        status: 409,
        body: { code: 'case_ended' },
      });
  });

  it('two requests for one need are merged, and the first keeps its number', async () => {
    const [first, second] = [await HttpCase.after(system, 'take'), await HttpCase.after(system, 'open')];
    expect((await first.tries('coordinator', 'merge')).status).toBe(409);
    const merged = await first.does('coordinator', 'merge', { into: second.reference });
    expect(merged).toMatchObject({ reference: first.reference, sideState: 'merged', mergedInto: second.reference });
  });

  it('a State withdraws its request, also one that is suspended', async () => {
    const one = await HttpCase.after(system, 'take');
    expect((await one.tries('coordinator', 'suspend', { reviewOn: await dayOfDemo(200) })).status).toBe(409);
    await one.does('coordinator', 'suspend', { reviewOn: await dayOfDemo(30) });
    expect(await one.tries('coordinator', 'triage')).toMatchObject({
      status: 409,
      body: { code: 'not_in_this_side_state' },
    });
    expect(await one.does('bravia', 'withdraw')).toMatchObject({ sideState: 'withdrawn', nextActions: [] });
  });

  it('a suspended case pauses its clocks and goes on where it stood', async () => {
    const one = await HttpCase.after(system, 'take');
    const suspended = await one.does('coordinator', 'suspend', { reviewOn: await dayOfDemo(30) });
    expect(suspended.clocks).toContainEqual(expect.objectContaining({ name: 'triage', state: 'paused' }));
    expect(await one.does('coordinator', 'resume')).toMatchObject({ stage: 'triage', sideState: null, reviewOn: null });
  });

  it('a State refuses consent, is asked again, and consents to fewer', async () => {
    const one = await HttpCase.after(system, 'request-consent');
    expect(await one.does('bravia', 'refuse-consent')).toMatchObject({
      stage: 'consent',
      consent: { status: 'refused' },
    });
    await one.does('coordinator', 'request-consent', { audience: ['LEGALAID', 'QMX'] });
    expect((await one.tries('bravia', 'give-consent', { audience: ['COALITION'] })).status).toBe(409);
    const given = await one.does('bravia', 'give-consent', { audience: ['LEGALAID'] });
    expect(given.consent.audience).toMatchObject([{ code: 'LEGALAID' }]);
    expect(await one.tries('coordinator', 'circulate', { organisations: ['QMX'] })).toMatchObject({
      status: 409,
      body: { code: 'outside_consent' },
    });
  });

  it('responders ask, decline and offer; the State declines one offer and takes another', async () => {
    const one = await HttpCase.after(system, 'circulate');
    const asked = await one.does('helvia', 'ask-question');
    await one.does('coordinator', 'answer-question', { questionId: asked.responderQuestions[0].id });
    expect((await one.seenBy('helvia')).responderQuestions).toMatchObject([{ answer: 'There is.' }]);
    expect(await one.does('helvia', 'decline-invitation')).toMatchObject({ invitations: [{ status: 'declined' }] });
    const [offer] = (await one.does('legalaid', 'make-offer')).offers;
    await one.does('bravia', 'decline-offer', { offerId: offer.id });
    expect((await one.seenBy('legalaid')).offers).toMatchObject([{ status: 'declined', reason: expect.any(String) }]);
    const second = (await one.does('legalaid', 'make-offer', { text: 'Four sessions.' })).offers.at(-1);
    expect(await one.does('bravia', 'accept-offer', { offerId: second.id })).toMatchObject({ stage: 'planned' });
  });

  it('a late case is told upwards, excused by the lead only, and shows the State no inner note', async () => {
    const one = await HttpCase.after(system, 'take');
    await advance(22);
    const late = await one.seenBy('coordinator');
    expect(late.clocks).toContainEqual(
      expect.objectContaining({ name: 'triage', state: 'breached', breach: 'standing' }),
    );
    expect((await one.tries('coordinator', 'excuse-breach', { clock: 'triage' })).status).toBe(403);
    const excused = await one.does('lead', 'excuse-breach', { clock: 'triage' });
    expect(excused.clocks).toContainEqual(expect.objectContaining({ name: 'triage', breach: 'excused' }));
    for (const verb of ['change-priority', 'log-contact', 'add-note'] as const) await one.does('coordinator', verb);
    const types = async (who: string) =>
      (await one.get(who, '/timeline')).body.items.map(({ type }: { type: string }) => type);
    const inner = ['clock_escalated', 'breach_excused', 'priority_changed', 'contact_logged', 'note_added'];
    expect(await types('coordinator')).toEqual(expect.arrayContaining(inner));
    for (const type of await types('bravia')) expect(inner).not.toContain(type);
  }, 60_000);

  it('a request that nobody answers goes to the President, then a second round finds help', async () => {
    const one = await HttpCase.after(system, 'circulate');
    expect((await one.get('president')).status).toBe(404);
    await advance(66);
    expect(await one.seenBy('coordinator')).toMatchObject({ stage: 'unmatched' });
    await advance(36);
    const seen = await one.seenBy('president');
    expect(Object.keys(seen.request)).toEqual(['requestingState']);
    expect(seen).toMatchObject({
      needTypes: [],
      summary: null,
      scope: null,
      consent: null,
      invitations: [],
      offers: [],
      nextActions: [],
    });
    expect((await one.get('president', '/timeline')).body.items).toEqual([]);
    const { body } = await system.call('president', 'GET', '/api/v1/cases?queue=unmatched');
    expect(body.items).toMatchObject([{ reference: one.reference, needTypes: [] }]);
    expect(await one.does('coordinator', 'circulate', { organisations: ['COALITION'] })).toMatchObject({
      stage: 'matching',
      round: 2,
    });
    await one.does('coalition', 'make-offer');
    const { offers } = await one.seenBy('bravia');
    expect(await one.does('bravia', 'accept-offer', { offerId: offers[0].id })).toMatchObject({ stage: 'planned' });
    const mail = (await one.get('coordinator', '/mail')).body.items as { to: string }[];
    expect(mail.map(({ to }) => to)).toContain('coalition@demo.action48.test');
  }, 120_000);
});
