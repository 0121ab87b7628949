import * as fc from 'fast-check';
import { VERBS } from '#libs/domain/case/commands/index.js';
import { COMMAND_BODIES } from '../support/command-bodies.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

/** A path and what must stand there; `undefined` takes the field away. */
const withField = (path: string, value: unknown): unknown => {
  const form = structuredClone(requestForm()) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce((at, name) => at[name] as Record<string, unknown>, form);
  holder[last] = value;
  return form;
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const LONE = '\\ud83d';

describe('input that is not right', () => {
  let system: TestSystem;
  let reference = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
  }, 60_000);
  afterAll(() => system.stop());

  const open = (body: unknown, who = 'bravia', headers: Record<string, string> = {}) =>
    system.call(who, 'POST', '/api/v1/requests', body, headers);
  const fields = ({ body }: { body: { errors?: { field: string }[] } }) => body.errors?.map(({ field }) => field);

  it.each([
    ['a text where a list belongs', 'needTypes', 'drafting'],
    ['a word that is not in the list', 'needTypes', ['magic']],
    ['more needs than three', 'needTypes', ['drafting', 'training', 'translation', 'other']],
    ['a State that is not a code', 'requestingState', 'Bravia'],
    ['a short description', 'needDescription', 'Help us.'],
    ['blanks for a description', 'needDescription', ' '.repeat(300)],
    ['a description of 4,001 characters', 'needDescription', 'x'.repeat(4_001)],
    ['a short result', 'expectedResult', 'A law.'],
    ['no beneficiary', 'beneficiaryBodies', []],
    ['a blank beneficiary', 'beneficiaryBodies', ['  ']],
    ['a number where a text belongs', 'leadMinistry', 7],
    ['no ministry', 'leadMinistry', undefined],
    ['a ministry of blanks', 'leadMinistry', '   '],
    ['no address', 'focalPoint.email', 'nobody'],
    ['no city', 'missionContact.city', 'paris'],
    ['a focal point that is a text', 'focalPoint', 'Mwila'],
    ['a focal point that is a list', 'focalPoint', [[]]],
    ['the focal point as its own alternate', 'alternateContact', { name: 'X', email: 'FOCAL@bravia.example.test' }],
    ['a date that does not exist', 'targetDates.earliest', '2027-02-30'],
    ['a date of another century', 'targetDates.neededBy', '9999-12-31'],
    ['an end before the beginning', 'targetDates.neededBy', '2026-12-31'],
    ['an amount of words', 'funding.amount', { amount: 'much', currency: 'CHF' }],
    ['a currency that does not exist', 'funding.amount', { amount: '10.00', currency: 'XYZ1' }],
    ['a declaration not agreed', 'declaration.agreed', false],
    ['NUL in a text', 'leadMinistry', 'Defence\0'],
    ['a law at an http address', 'existingLaws', [{ title: 'An act', url: 'http://x.test/' }]],
    ['fifty-one laws', 'existingLaws', Array.from({ length: 51 }, () => ({ title: 'An act' }))],
  ])('is refused with the field named: %s', async (_, path, value) => {
    const answer = await open(withField(path, value));
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: '/problems/validation', status: 422 });
    expect(fields(answer)?.some((field) => field.startsWith(path))).toBe(true);
  });

  it('names every wrong field at once', async () => {
    const answer = await open({ ...requestForm(), language: 'xx', treatyEffect: 'both', funding: {} });
    expect(fields(answer)).toEqual(expect.arrayContaining(['language', 'treatyEffect', 'funding.kind']));
  });

  it.each([
    ['at the top', 'urgent', 'urgent'],
    ['inside a contact', 'focalPoint.fax', 'focalPoint.fax'],
    ['that JavaScript knows', 'constructor', 'constructor'],
  ])('is malformed with an unknown field %s', async (_, path, field) => {
    const answer = await open(withField(path, 'yes'));
    expect(answer).toMatchObject({ status: 400, body: { type: '/problems/malformed' } });
    expect(fields(answer)).toContain(field);
  });

  it.each([
    ['not JSON', '{"requestingState": '],
    ['nothing but a list', '[]'],
    ['nothing but a list of requests', `[${JSON.stringify(requestForm())}]`],
    ['nothing but a word', '"help"'],
    ['nothing but null', 'null'],
  ])('is malformed when it is %s', async (_, body) => {
    expect(await open(body)).toMatchObject({ status: 400, body: { type: '/problems/malformed' } });
    expect(await system.step('coordinator', reference, 'acknowledge', body)).toMatchObject({ status: 400 });
  });

  it.each([
    ['a lone half of a character', `{"message":"${LONE}"}`],
    ['a NUL', '{"message":"\\u0000"}'],
  ])('is refused, not broken, with %s in a command', async (_, body) => {
    const answer = await system.step('coordinator', reference, 'acknowledge', body);
    expect(answer.status).toBe(422);
    expect(fields(answer)).toEqual(['message']);
  });

  it('is refused, not broken, when it is nested without end', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    expect((await open(`{"funding":${deep}}`)).status).toBe(422);
    expect((await system.step('coordinator', reference, 'acknowledge', `{"message":${deep}}`)).status).toBe(422);
  });

  it('is too large above one megabyte', async () => {
    const answer = await open(withField('needDescription', 'x'.repeat(1_100_000)));
    expect(answer).toMatchObject({ status: 413, body: { type: '/problems/too-large' } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'is not read as %s',
    async (contentType) => {
      const headers = { 'content-type': contentType, 'Idempotency-Key': 'kind' };
      const answer = await system.call('coordinator', 'POST', `/api/v1/cases/${reference}/take`, 'a=b', headers);
      expect(answer).toMatchObject({ status: 415, body: { type: '/problems/unsupported-media-type' } });
    },
  );

  it('is told which methods an address has', async () => {
    const answer = await system.call('coordinator', 'PUT', `/api/v1/cases/${reference}`, {});
    expect(answer).toMatchObject({ status: 405, body: { type: '/problems/method-not-allowed' } });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const verb = await system.call('coordinator', 'GET', `/api/v1/cases/${reference}/acknowledge`);
    expect(verb.status).toBe(405);
    expect(verb.headers.get('allow')).toContain('POST');
  });

  it.each([
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v2/cases'],
    ['GET', '/api/v1/cases/CCM-A9-2026-9999'],
    ['GET', `/api/v1/cases/${'x'.repeat(5_000)}`],
    ['GET', '/api/v1/cases/%00'],
    ['GET', '/api/v1/cases/CCM-A9-2026-0001/nothing'],
    ['GET', '/api/v1/cases/CCM-A9-2026-0001/clocks/nothing/explanation'],
    ['POST', '/api/v1/cases/CCM-A9-2026-0001/celebrate'],
    ['POST', '/api/v1/cases/CCM-A9-2026-0001/constructor'],
  ])('is not found as a problem: %s %s', async (method, path) => {
    const body = method === 'POST' ? {} : undefined;
    const answer = await system.call('coordinator', method, path, body, { 'Idempotency-Key': 'nothing' });
    expect(answer).toMatchObject({ status: 404, body: { type: '/problems/not-found', status: 404 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is malformed with an address that is not well encoded', async () => {
    expect((await system.call('coordinator', 'GET', '/api/v1/cases/%E0%A4%A')).status).toBe(400);
  });

  it.each([
    ['limit=0', 422],
    ['limit=201', 422],
    ['limit=many', 422],
    ['limit=1&limit=2', 422],
    ['queue=lost', 422],
    ['stage=done', 422],
    ['q=%00', 422],
    ['q[a]=b', 400],
    ['colour=red', 400],
    ['cursor=nonsense', 400],
    [`cursor=${Buffer.from(`infinity/${'-'.repeat(36)}`).toString('base64url')}`, 400],
    [`cursor=${Buffer.from(`2026-99-99T99:99:99.000Z/${'0'.repeat(36)}`).toString('base64url')}`, 400],
  ])('is refused in the address of a list: %s', async (query, status) => {
    const answer = await system.call('coordinator', 'GET', `/api/v1/cases?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body.errors.length).toBeGreaterThan(0);
  });

  it.each(['timeline?cursor=x', 'timeline?cursor=-1', 'timeline?limit=0'])('is refused in %s', async (path) => {
    const { status } = await system.call('coordinator', 'GET', `/api/v1/cases/${reference}/${path}`);
    expect(status).toBe(path.includes('limit') ? 422 : 400);
  });

  it('is refused in the inbox of the demonstration and in the demonstration clock', async () => {
    expect((await system.call('admin', 'GET', '/api/v1/demo/mail?cursor=x')).status).toBe(400);
    for (const advance of ['3 days', 'P', 'PT', 'P-1D', 'P9999D', 3])
      expect((await system.call('admin', 'POST', '/api/v1/demo/clock', { advance })).status).toBe(422);
  });

  it('may be a cookie that is not well encoded: then nobody is signed in', async () => {
    const answer = await system.call('', 'GET', '/api/v1/cases', undefined, { cookie: 'action48_session=%E0%A4%A' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is refused for the State, the channel and the time that are not for a requester to give', async () => {
    const wrong = async (changes: object, who = 'bravia') => fields(await open({ ...requestForm(), ...changes }, who));
    expect(await wrong({ requestingState: 'QMA' })).toEqual(['requestingState']);
    expect(await wrong({ channel: 'meeting_statement' })).toEqual(['channel']);
    expect(await wrong({ receivedAt: inDays(-1) })).toEqual(['receivedAt']);
    expect(await wrong({}, 'coordinator')).toEqual(['channel']);
    const logged = { channel: 'meeting_statement', receivedAt: inDays(-1) };
    expect(await wrong({ ...logged, receivedAt: undefined }, 'coordinator')).toEqual(['receivedAt']);
    expect(await wrong({ ...logged, receivedAt: inDays(1) }, 'coordinator')).toEqual(['receivedAt']);
    expect(await wrong({ ...logged, receivedAt: '2026-W01' }, 'coordinator')).toEqual(['receivedAt']);
    expect(await wrong({ ...logged, receivedAt: '0001-01-01T00:00:00Z' }, 'coordinator')).toEqual(['receivedAt']);
    expect(await wrong({ ...logged, channel: 'note_verbale' }, 'coordinator')).toEqual(['noteVerbale']);
    expect(await wrong({ ...logged, requestingState: 'ZZZ' }, 'coordinator')).toEqual(['requestingState']);
    await system.dataSource.query(`UPDATE state SET ccm_status = 'withdrawn' WHERE code = 'QMG'`);
    await system.dataSource.query(`UPDATE state SET ccm_status = 'signatory' WHERE code = 'QMH'`);
    expect(await wrong({ ...logged, requestingState: 'QMG' }, 'coordinator')).toEqual(['requestingState']);
    expect(await wrong({ ...logged, requestingState: 'QMH' }, 'coordinator')).toEqual(['stageOfRatification']);
    expect(await open(requestForm(), 'legalaid')).toMatchObject({ status: 403 });
    expect(await open(requestForm(), '')).toMatchObject({ status: 401 });
  });

  it('needs a key with every command, and a key of reasonable length', async () => {
    const path = `/api/v1/cases/${reference}/take`;
    const missing = await system.call('coordinator', 'POST', path, {});
    expect(missing).toMatchObject({ status: 400, body: { type: '/problems/idempotency-key-missing' } });
    expect(fields(missing)).toEqual(['Idempotency-Key']);
    const headers = { 'Idempotency-Key': 'k'.repeat(201) };
    expect((await system.call('coordinator', 'POST', path, {}, headers)).status).toBe(400);
    expect((await open(requestForm(), 'bravia', headers)).status).toBe(400);
  });

  it('never breaks the opening, whatever a field holds', async () => {
    const paths = Object.keys(requestForm()).concat(['focalPoint.email', 'targetDates.earliest', 'funding.amount']);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), async (path, value) => {
        expect((await open(withField(path, value))).status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('never breaks a command, whatever it holds', async () => {
    const change = fc.constantFrom(...VERBS).chain((verb) => {
      const fields = [...Object.keys(COMMAND_BODIES[verb]), 'text'];
      return fc.tuple(
        fc.constant(verb),
        fc.constantFrom(...fields),
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
      );
    });
    await fc.assert(
      fc.asyncProperty(change, async ([verb, field, value]) => {
        const { status } = await system.step('lead', reference, verb, { ...COMMAND_BODIES[verb], [field]: value });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});
