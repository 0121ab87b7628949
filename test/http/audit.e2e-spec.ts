import { randomUUID } from 'node:crypto';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(120_000);

const MAY = ['lead', 'isu', 'admin'];
const MAY_NOT = ['bravia', 'coordinator', 'legalaid', 'president'];

interface Entry {
  at: string;
  source: string;
  kind: string;
  person: { id: string; name: string } | null;
  reference: string | null;
  place: string;
}

describe('the record of who did what, over HTTP', () => {
  let system: TestSystem;
  let one: HttpCase;
  let two: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'take');
    two = await HttpCase.after(system, 'take');
    await one.does('coordinator', 'add-note', { text: 'A canary that nobody may find.' });
    for (const action of ['setting_changed', 'person_disabled'])
      await system.dataSource.transaction((manager) =>
        recordAdminEvent(manager, { actorId: null, action, subjectKind: 'setting', subjectId: randomUUID(), body: {} }),
      );
  });
  afterAll(() => system.stop());

  const ask = async (who: string, query = '') => {
    const { status, body, headers } = await system.call(who, 'GET', `/api/v1/audit${query}`);
    return { status, headers, items: (body.items ?? []) as Entry[], next: body.next as string | null, body };
  };
  const whole = async () => (await ask('admin', '?limit=200')).items;

  it('is for the lead, the ISU and administrators; others are told so, and strangers to sign in', async () => {
    const paths = ['/api/v1/audit', '/api/v1/checkpoints', '/api/v1/checkpoints/verification', '/api/v1/checkpoints/1'];
    for (const path of paths) {
      for (const who of MAY_NOT) {
        const { status, body } = await system.call(who, 'GET', path);
        expect({ path, who, status }).toEqual({ path, who, status: 403 });
        expect(body.detail).toMatch(/the coordinator lead, the ISU and administrators/);
      }
      for (const who of MAY) expect([200, 404]).toContain((await system.call(who, 'GET', path)).status);
      expect((await system.call('', 'GET', path)).status).toBe(401);
    }
    for (const who of MAY_NOT)
      expect((await system.call(who, 'POST', '/api/v1/checkpoints/verification')).status).toBe(403);
  });

  it('has every event of every case and every administrative act, newest first, and nothing that was written', async () => {
    const items = await whole();
    expect(items.filter(({ source }) => source === 'case')).toHaveLength(9);
    expect(items.filter(({ source }) => source === 'admin').map(({ kind }) => kind)).toEqual([
      'person_disabled',
      'setting_changed',
    ]);
    const instants = items.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort().reverse());
    expect(items.find(({ kind }) => kind === 'note_added')).toMatchObject({
      ...{ source: 'case', reference: one.reference, place: '5' },
      person: { id: expect.any(String), name: expect.stringContaining('Coordinator') },
    });
    expect(JSON.stringify(items)).not.toContain('canary');
  });

  it('comes in pages that neither lack nor repeat a line, whatever is added meanwhile', async () => {
    const before = await whole();
    const seen: Entry[] = [];
    let query: string | null = '?limit=2';
    while (query) {
      const page = await ask('lead', query);
      seen.push(...page.items);
      if (seen.length === 2) await two.does('coordinator', 'add-note', { text: 'Meanwhile.' });
      query = page.next && `?limit=2&cursor=${page.next}`;
      expect(page.headers.get('link') ?? '').toBe(
        page.next ? `</api/v1/audit?limit=2&cursor=${page.next}>; rel="next"` : '',
      );
    }
    expect(seen).toEqual(before);
  });

  it.each([
    [
      'reference',
      () => `reference=${one.reference.toLowerCase()}`,
      (entry: Entry) => entry.reference === one.reference,
    ],
    ['kind', () => 'kind=acknowledged', ({ kind }: Entry) => kind === 'acknowledged'],
    ['record', () => 'source=admin', ({ source }: Entry) => source === 'admin'],
    [
      'address of a person',
      () => 'person=Bravia@demo.action48.test',
      ({ person }: Entry) => person?.name === 'Demo Focal Point of Bravia',
    ],
    ['first and last day', () => 'from=2000-01-01&to=2100-01-01', () => true],
    ['days on which nothing was', () => 'from=2000-01-01&to=2000-12-31', () => false],
    ['empty fields, as a form sends them', () => 'person=&reference=&kind=&source=&from=&to=', () => true],
    ['nobody', () => 'person=nobody-by-that-name', () => false],
  ])('can be asked by %s', async (_what, query, belongs) => {
    const all = await whole();
    const { items } = await ask('isu', `?limit=200&${query()}`);
    expect(items).toEqual(all.filter(belongs));
  });

  it('names the field of a question that is not right', async () => {
    for (const [query, field, expected] of [
      ['from=yesterday', 'from', 422],
      ['to=2026-02-30', 'to', 422],
      ['source=everywhere', 'source', 422],
      ['cursor=made-up', 'cursor', 400],
    ]) {
      const { status, body } = await ask('lead', `?${query}`);
      const fields = body.errors.map((error: { field: string }) => error.field);
      expect({ query, status, fields }).toEqual({ query, fields: [field], status: expected });
    }
  });

  it('verifies the logs when it is asked to, and keeps the result', async () => {
    expect((await system.call('isu', 'POST', '/api/v1/checkpoints/verification')).status).toBe(202);
    for (;;) {
      const { body } = await system.call('isu', 'GET', '/api/v1/checkpoints/verification');
      if (body.running) continue;
      expect(body.last).toMatchObject({ found: 0, result: { checked: 2, adminEvents: 2, findings: [] } });
      break;
    }
  });
});
