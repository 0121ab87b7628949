import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { stableId } from '#libs/reference-data/stable-id.js';
import { inDays } from '../support/days.js';
import { offerFacts } from '../support/standing-offer.js';
import { TestSystem } from '../support/system.js';

const RULES = '/api/v1/mail-rules';
const OFFERS = '/api/v1/standing-offers';
const QUIETER = { ...DELIVERED_MAIL_POLICY, limits: { perHour: 5, perDay: 20 } };

describe('rules of mail and standing offers for programs', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
  }, 60_000);
  afterAll(() => system.stop());

  it('shows the rules in force to those who work on cases, and to nobody else', async () => {
    for (const who of ['coordinator', 'lead', 'isu', 'admin'])
      expect((await system.call(who, 'GET', RULES)).body).toMatchObject({ version: 1, policy: DELIVERED_MAIL_POLICY });
    for (const who of ['bravia', 'legalaid', 'president'])
      expect((await system.call(who, 'GET', RULES)).status).toBe(404);
    expect((await system.call('', 'GET', RULES)).status).toBe(401);
  });

  it('looks ahead without publishing, and names each field that is wrong', async () => {
    const { status, body } = await system.call('lead', 'POST', `${RULES}/preview`, { policy: QUIETER });
    expect([status, body]).toEqual([200, expect.objectContaining({ waiting: 0, moved: 0, examples: [] })]);
    expect(body.drafts.map(({ days }: { days: number }) => days)).toEqual([14, 30]);
    const wrong = { ...QUIETER, drafts: { idleDays: [30, 14] } };
    const refused = await system.call('lead', 'POST', `${RULES}/preview`, { policy: wrong });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [expect.objectContaining({ field: 'drafts.idleDays' })],
    ]);
    expect((await system.call('lead', 'GET', RULES)).body.version).toBe(1);
  });

  it('publishes a version with its reason; a second one from the same basis is refused', async () => {
    const draft = { basedOn: 1, policy: QUIETER, reason: 'Fewer at a time.' };
    expect((await system.call('coordinator', 'POST', `${RULES}/versions`, draft)).status).toBe(403);
    const { status, body } = await system.call('lead', 'POST', `${RULES}/versions`, draft);
    expect([status, body]).toEqual([201, { version: 2, moved: 0 }]);
    expect((await system.call('admin', 'POST', `${RULES}/versions`, draft)).status).toBe(409);
    const { body: list } = await system.call('isu', 'GET', `${RULES}/versions`);
    expect(list.items).toMatchObject([
      { version: 2, reason: 'Fewer at a time.', author: { name: 'Demo Coordinator Lead' }, inForce: true },
      { version: 1, reason: null, inForce: false },
    ]);
    expect((await system.call('isu', 'GET', `${RULES}/versions/3`)).status).toBe(404);
  });

  it('lists every sequence with what ends it', async () => {
    const { body } = await system.call('coordinator', 'GET', '/api/v1/sequences');
    const names = body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'answer',
        'responder_answer',
        'heartbeat',
        'follow_up',
        'outcome_form',
        'drafts',
        'offers',
      ]),
    );
  });

  it('makes an offer once for a key, and changes it only for whoever has read it', async () => {
    const body = { ...offerFacts(), organisationId: stableId('organisation:LEGALAID') };
    const key = { 'Idempotency-Key': 'offer-1' };
    const made = await system.call('legalaid', 'POST', OFFERS, body, key);
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    expect((await system.call('legalaid', 'POST', OFFERS, body, key)).body.id).toBe(made.body.id);
    expect((await system.call('coalition', 'POST', OFFERS, body, key)).status).toBe(403);
    expect(made.body.states).toEqual(['QMB']);
    for (const states of [['XXX'], ['QMB', 'QMB'], ['Bravia']]) {
      const wrong = await system.call(
        'legalaid',
        'POST',
        OFFERS,
        { ...body, states },
        { 'Idempotency-Key': 'offer-2' },
      );
      expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'states']);
    }
    const path = `${OFFERS}/${made.body.id}`;
    expect((await system.call('legalaid', 'PATCH', path, { capacityPerYear: 9 })).status).toBe(428);
    const match = { 'If-Match': '"1"' };
    const changed = await system.call('legalaid', 'PATCH', path, { capacityPerYear: 9, public: false }, match);
    expect(changed.body).toMatchObject({ capacityPerYear: 9, public: false, revision: 2, manages: true });
    expect((await system.call('legalaid', 'PATCH', path, { capacityPerYear: 9 }, match)).status).toBe(412);
    expect((await system.call('bravia', 'GET', path)).status).toBe(404);
    expect((await system.call('isu', 'GET', path)).body.contact).toMatchObject({ email: 'ana@legalaid.test' });

    const late = await system.call('legalaid', 'POST', `${path}/renew`, { validUntil: inDays(400) });
    expect([late.status, late.body.errors[0].field]).toEqual([422, 'validUntil']);
    const renewed = await system.call('legalaid', 'POST', `${path}/renew`, { validUntil: inDays(300) });
    expect(renewed.body).toMatchObject({ validUntil: inDays(300), state: 'valid' });
    expect((await system.call('legalaid', 'POST', `${path}/withdraw`, {})).body.state).toBe('withdrawn');
    expect((await system.call('legalaid', 'POST', `${path}/withdraw`, {})).status).toBe(200);
    const refused = await system.call('legalaid', 'POST', `${path}/renew`, { validUntil: inDays(300) });
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/offer-withdrawn']);
  });

  it('lists what each reader may see, page by page, without contacts for strangers', async () => {
    const helvia = { ...offerFacts({ needTypes: ['translation'] }), organisationId: stableId('organisation:QMX') };
    for (const key of ['a', 'b']) await system.call('helvia', 'POST', OFFERS, helvia, { 'Idempotency-Key': key });
    const { body } = await system.call('bravia', 'GET', `${OFFERS}?limit=1&needType=translation`);
    expect(body.items).toMatchObject([{ provider: { code: 'QMX' }, contact: null, manages: false }]);
    const next = await system.call('bravia', 'GET', `${OFFERS}?limit=1&needType=translation&cursor=${body.next}`);
    expect([next.body.items.length, next.body.next]).toEqual([1, null]);
    const all = await system.call('bravia', 'GET', OFFERS);
    expect(all.body.items.map(({ state }: { state: string }) => state)).toEqual(['valid', 'valid']);
    expect((await system.call('coordinator', 'GET', `${OFFERS}?state=withdrawn`)).body.items).toHaveLength(1);
    expect((await system.call('bravia', 'GET', `${OFFERS}?state=gone`)).status).toBe(422);
  });
});
