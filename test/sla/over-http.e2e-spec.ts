import { request } from 'node:http';
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { saltedHash } from '#libs/case-store/hashes.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(90_000);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a focal point sends, page by page, as a browser does. */
const PAGES: Record<string, Record<string, string>> = {
  who: { leadMinistry: 'Ministry of Defence', language: 'en', article9SelfAssessment: 'developing' },
  contacts: {
    'focalPoint.name': 'Mwila Banda',
    'focalPoint.email': 'focal@bravia.example.test',
    'alternateContact.name': 'Chanda Phiri',
    'alternateContact.email': 'alternate@bravia.example.test',
    'missionContact.name': 'Mutale Zulu',
    'missionContact.email': 'mission@bravia.example.test',
    'missionContact.city': 'geneva',
  },
  need: {
    needTypes: 'drafting',
    needDescription: requestForm().needDescription,
    expectedResult: requestForm().expectedResult,
    beneficiaryBodies: 'Parliament',
  },
  law: { legalSystems: 'common', treatyEffect: 'dualist' },
  profile: Object.fromEntries(
    ['stockpile', 'contamination', 'productionHistory', 'foreignForces', 'hostsTransit', 'financialCentre'].map(
      (flag) => [`profileFlags.${flag}`, 'no'],
    ),
  ),
  how: {
    modalities: 'remote',
    'funding.kind': 'none',
    ...dateFields('targetDates.earliest', '15', '1', '2027'),
    ...dateFields('targetDates.neededBy', '30', '9', '2027'),
  },
  confidentiality: { circulationConsent: 'later', publicSummaryConsent: 'none' },
  check: { 'declaration.name': 'Mwila Banda', 'declaration.title': 'Legal adviser', 'declaration.agreed': 'yes' },
};

function dateFields(name: string, day: string, month: string, year: string): Record<string, string> {
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

describe('when a clock starts and stops, over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  });
  afterAll(() => system.stop());

  const manager = () => system.dataSource.manager;
  const seen = async (reference: string, who = 'bravia') =>
    (await system.call(who, 'GET', `/api/v1/cases/${reference}`)).body;
  const clock = async (reference: string, name: string) =>
    (await seen(reference, 'coordinator')).clocks.find((one: { name: string }) => one.name === name);
  const explained = async (reference: string, name: string) =>
    (await system.call('coordinator', 'GET', `/api/v1/cases/${reference}/clocks/${name}/explanation`)).body.items[0];
  const opened = async (): Promise<string> =>
    (await system.call('bravia', 'POST', '/api/v1/requests', requestForm())).body.reference;
  const does = async (who: string, reference: string, verb: string, body: object = {}) => {
    const answer = await system.step(who, reference, verb, body);
    expect({ verb, status: answer.status, problem: answer.body.detail }).toEqual({ verb, status: 200 });
    return answer.body;
  };
  const eventOf = async (reference: string, type: string) => {
    const [row] = await system.dataSource.query<{ id: string }[]>(
      'SELECT id FROM assistance_case WHERE reference = $1',
      [reference],
    );
    return manager().findOneByOrFail(CaseEvent, { caseId: row?.id ?? '', type: type });
  };
  const page = (path: string, fields: Record<string, string>) =>
    system.call('bravia', 'POST', `/requests/drafts/${path}`, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  const begunDraft = async (): Promise<string> => {
    await system.call('bravia', 'GET', '/requests/new');
    return (await manager().findOneOrFail(RequestDraft, { where: {}, order: { updatedAt: 'DESC' } })).id;
  };
  const fillIn = async (draft: string, ...names: string[]) => {
    for (const name of names) expect((await page(`${draft}/${name}`, PAGES[name] ?? {})).status).toBe(200);
  };

  it('E16: what a State writes after it has sent its form leaves the form, its version and the clocks as they were', async () => {
    const draft = await begunDraft();
    await fillIn(draft, ...Object.keys(PAGES));
    const { reference } = await manager().findOneByOrFail(RequestDraft, { id: draft });
    const before = await seen(reference ?? '');
    const started = await explained(before.reference, 'acknowledge');

    expect((await page(`${draft}/who`, { ...PAGES['who'], leadMinistry: 'Ministry of Justice' })).status).toBe(200);
    expect((await page(`${draft}/check`, PAGES['check'] ?? {})).status).toBe(200);
    for (const method of ['PATCH', 'PUT'])
      for (const path of ['', '/form'])
        expect((await system.call('bravia', method, `/api/v1/cases/${before.reference}${path}`, {})).status).toBe(
          path ? 404 : 405,
        );
    const after = await seen(before.reference);
    expect(after).toMatchObject({ version: before.version, request: before.request });
    expect(after.request.leadMinistry).toBe('Ministry of Defence');
    expect(await explained(before.reference, 'acknowledge')).toMatchObject({
      startedAt: started.startedAt,
      dueAt: started.dueAt,
    });
    expect(await manager().countBy(RequestDraft, { reference: before.reference })).toBe(1);
  });

  it('E16: a correction is an answer beside the form: the form is the one that was sent, by its hash in the log', async () => {
    const reference = await opened();
    const { dueAt } = await clock(reference, 'acknowledge');
    await does('coordinator', reference, 'acknowledge', { message: 'We have it.' });
    await does('coordinator', reference, 'verify', { means: 'mission', evidence: 'Call of today.' });
    await does('coordinator', reference, 'take');
    await does('coordinator', reference, 'return', { questions: ['Which ministry leads?'] });
    const asked = await seen(reference);
    await does('bravia', reference, 'answer', { answers: ['Justice, no longer Defence.'] });
    const corrected = await seen(reference);
    expect(corrected.request).toEqual(asked.request);
    expect(corrected.version).toBe(asked.version + 1);
    expect(await explained(reference, 'acknowledge')).toMatchObject({ dueAt });
    const { body, caseId } = await eventOf(reference, 'opened');
    const { salt, form } = await manager().findOneByOrFail(CaseRequest, { caseId });
    expect(body).toMatchObject({ formHash: saltedHash(salt, form) });
  });

  it('E18: a client’s clock that is an hour wrong, and a time in the body, play no part: the receipt counts', async () => {
    const reference = await opened();
    const body = { message: 'We have it.' };
    for (const named of ['receivedAt', 'effectiveAt', 'at']) {
      const early = new Date(Date.now() - HOUR_MS).toISOString();
      const refused = await system.step('coordinator', reference, 'acknowledge', { ...body, [named]: early });
      expect(refused.status).toBe(400);
      expect(refused.body.errors).toEqual([expect.objectContaining({ field: named })]);
    }
    const opening = await system.call('bravia', 'POST', '/api/v1/requests', {
      ...requestForm(),
      receivedAt: new Date(Date.now() - HOUR_MS).toISOString(),
    });
    expect([opening.status, opening.body.errors?.[0]?.field]).toEqual([422, 'receivedAt']);

    const from = Date.now();
    const status = await acknowledgeWith(system, reference, new Date(from - HOUR_MS).toUTCString());
    const to = Date.now();
    expect(status).toBe(200);
    const { effectiveAt } = await eventOf(reference, 'acknowledged');
    expect(effectiveAt.getTime()).toBeGreaterThanOrEqual(from);
    expect(effectiveAt.getTime()).toBeLessThanOrEqual(to);
    expect((await explained(reference, 'acknowledge')).stoppedAt).toBe(effectiveAt.toISOString());
  });

  it('E17: a draft that is taken up again days later starts its clock when it is sent', async () => {
    const draft = await begunDraft();
    await fillIn(draft, 'who', 'contacts', 'need');
    const savedAt = Date.now();
    const { body } = await system.call('admin', 'POST', '/api/v1/demo/clock', { advance: 'P9D' });
    const resumedAt = Date.parse(body.now);
    expect(resumedAt - savedAt).toBeGreaterThanOrEqual(9 * DAY_MS - HOUR_MS);
    const { body: tasks } = await system.call('bravia', 'GET', `/requests/drafts/${draft}`);
    expect(tasks).toContain('Who leads');
    await fillIn(draft, 'law', 'profile', 'how', 'confidentiality', 'check');
    const { reference } = await manager().findOneByOrFail(RequestDraft, { id: draft });
    const { startedAt, dueAt } = await explained(reference ?? '', 'acknowledge');
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(resumedAt);
    expect(Date.parse(dueAt)).toBeGreaterThan(resumedAt + DAY_MS);
    expect((await seen(reference ?? '')).request.leadMinistry).toBe('Ministry of Defence');
  });
});

/** An acknowledgement from a machine whose clock says something else; `fetch` would not let us say so. */
async function acknowledgeWith(system: TestSystem, reference: string, date: string): Promise<number> {
  const { body: session } = await system.call('', 'POST', '/api/v1/sessions', {
    email: 'coordinator@demo.action48.test',
    password: 'action48-demo',
  });
  return new Promise((done, fail) => {
    const headers = {
      date,
      'content-type': 'application/json',
      'Idempotency-Key': 'from a laptop',
      authorization: `Bearer ${session.token}`,
    };
    const url = `${system.url}/api/v1/cases/${reference}/acknowledge`;
    const call = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
    });
    call.once('error', fail);
    call.end(JSON.stringify({ message: 'We have it.' }));
  });
}
