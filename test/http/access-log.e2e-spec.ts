import { advanceClock, productNow } from '#libs/case-store/product-time.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { asOwner } from '../support/database.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

interface Entry {
  id: string;
  at: string;
  person: { name: string };
  organisation: { code: string } | null;
  fields: string[];
  why: string[];
  door: string;
}

const EVERYTHING = ['restricted', 'participants', 'states_parties', 'shared_work', 'every_offer', 'internal'];

describe('who has looked at a case', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'agree-plan');
  }, 120_000);
  afterAll(() => system.stop());

  const entries = async (who = 'bravia', query = ''): Promise<Entry[]> => {
    const { status, body } = await one.get(who, `/access-log${query}`);
    expect(status).toBe(200);
    return body.items;
  };
  const doorsOf = async (name: string) => (await entries()).filter(({ person }) => person.name.includes(name));
  const count = async (): Promise<number> =>
    (await system.dataSource.query('SELECT count(*)::int AS n FROM access_log'))[0].n;

  it('is told to the State: people of the ISU and the lead as well, with what was open to them, and why', async () => {
    await one.get('isu');
    await one.get('lead', '/timeline');
    await one.get('legalaid', '/export');
    const [isu] = await doorsOf('ISU');
    expect(isu).toMatchObject({ why: ['isu'], fields: EVERYTHING, door: 'api' });
    const [lead] = await doorsOf('Lead');
    expect(lead).toMatchObject({ why: ['lead'], fields: EVERYTHING.slice(1), door: 'api' });
    const legalaid = (await doorsOf('Legal Aid')).find(({ door }) => door === 'export');
    expect(legalaid).toMatchObject({
      why: ['invited_responder', 'accepted_responder'],
      fields: ['participants', 'states_parties', 'shared_work'],
      organisation: { code: 'LEGALAID' },
    });
    const owner = (await entries()).find(({ why }) => why.includes('owner'));
    expect(owner).toMatchObject({ why: ['coordinator', 'owner'], fields: EVERYTHING });
    expect((await entries()).some(({ why }) => why.includes('requester'))).toBe(true);
  });

  it.each([
    ['api', '/api/v1/cases/:ref'],
    ['api', '/api/v1/cases/:ref/timeline'],
    ['export', '/api/v1/cases/:ref/export'],
    ['mail', '/api/v1/cases/:ref/mail'],
    ['documents', '/api/v1/cases/:ref/documents'],
    ['explanation', '/api/v1/cases/:ref/clocks/acknowledge/explanation'],
    ['explanation', '/cases/:ref/clocks/acknowledge'],
    ['page', '/cases/:ref'],
    ['page', '/cases/:ref/add-note'],
  ])('has a look through the door “%s” at %s, under the id of the request', async (door, path) => {
    await forget();
    const { status, headers } = await system.call('coordinator', 'GET', path.replace(':ref', one.reference));
    expect(status).toBe(200);
    const rows = await system.dataSource.query('SELECT door, request_id FROM access_log WHERE at > $1', [later()]);
    expect(rows).toEqual([{ door, request_id: headers.get('x-request-id') }]);
  });

  it('has the answer to a command as well, and what a new request answers with', async () => {
    await forget();
    await one.does('coordinator', 'add-note');
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', (await one.seenBy('bravia')).request);
    const rows = await system.dataSource.query(
      `SELECT c.reference, p.email FROM access_log l JOIN assistance_case c ON c.id = l.case_id
       JOIN person p ON p.id = l.person_id WHERE l.at > $1 ORDER BY l.id`,
      [later()],
    );
    expect(rows).toEqual([
      { reference: one.reference, email: 'coordinator@demo.action48.test' },
      { reference: one.reference, email: 'bravia@demo.action48.test' },
      { reference: body.reference, email: 'bravia@demo.action48.test' },
    ]);
  });

  it('says the same look once in ten minutes, and again after them, or when other fields were open', async () => {
    await forget();
    const before = await count();
    for (let look = 0; look < 3; look += 1) await one.get('coordinator2');
    expect(await count()).toBe(before + 1);
    await forget();
    await one.get('coordinator2');
    expect(await count()).toBe(before + 2);
    await one.does('coordinator2', 'take');
    expect((await entries())[0]).toMatchObject({ why: ['coordinator', 'owner'] });
    expect(await count()).toBe(before + 3);
    await one.does('coordinator', 'take');
  });

  it('has no lists, no refusals, and no looks at the log itself', async () => {
    const before = await count();
    await system.call('coordinator', 'GET', '/api/v1/cases');
    await system.call('coordinator', 'GET', '/queue');
    await system.call('aurelia', 'GET', `/api/v1/cases/${one.reference}`);
    await system.call('legalaid', 'GET', `/api/v1/cases/${one.reference}/clocks/acknowledge/explanation`);
    await entries();
    expect(await count()).toBe(before);
  });

  it('is for the State and the coordinators on the case; a lead opens the case first, others are told of nothing', async () => {
    const paths = [`/api/v1/cases/${one.reference}/access-log`, `/cases/${one.reference}/access`];
    paths.push(`/cases/${one.reference}/access.csv`);
    const may: Record<string, number> = { bravia: 200, coordinator: 200, coordinator2: 200, isu: 200, lead: 403 };
    const others = ['legalaid', 'helvia', 'president', 'aurelia', 'admin', 'zelandia'];
    for (const who of [...Object.keys(may), ...others])
      for (const path of paths)
        expect({ who, path, status: (await system.call(who, 'GET', path)).status }).toEqual({
          who,
          path,
          status: may[who] ?? 404,
        });
    expect((await system.call('lead', 'GET', paths[0] ?? '')).body.detail).toContain('break-glass');
  });

  it('comes in pages, newest first', async () => {
    const { body, headers } = await one.get('bravia', '/access-log?limit=2');
    expect(body.items).toHaveLength(2);
    const next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
    const [third] = (await system.call('bravia', 'GET', next)).body.items as Entry[];
    expect([...body.items, third].map(({ id }: Entry) => Number(id))).toEqual(
      (await entries()).slice(0, 3).map(({ id }) => Number(id)),
    );
    expect((await one.get('bravia', '/access-log?cursor=nonsense')).status).toBe(400);
  });

  it('goes into a spreadsheet whole, and no name in it begins a formula', async () => {
    const { manager } = system.dataSource;
    await manager.update(Person, { email: 'coordinator2@demo.action48.test' }, { name: '=HYPERLINK("http://x")' });
    const { body } = await system.call('bravia', 'GET', `/cases/${one.reference}/access.csv`);
    const lines = (body as string).trim().split('\r\n');
    expect(lines).toHaveLength((await entries('bravia', '?limit=200')).length + 1);
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
    await manager.update(Person, { email: 'coordinator2@demo.action48.test' }, { name: 'Demo Coordinator B' });
  });

  it('takes no change: a row can be neither altered nor taken away', async () => {
    for (const change of ['UPDATE access_log SET door = $1', 'DELETE FROM access_log WHERE door = $1'])
      await expect(system.dataSource.query(change, ['page'])).rejects.toThrow('permission denied');
    await expect(system.dataSource.query('TRUNCATE access_log')).rejects.toThrow('permission denied');
    await expect(asOwner(system.databaseUrl, 'TRUNCATE access_log')).rejects.toThrow('append-only');
  });

  it('stands before the answer: what cannot be recorded is not shown, on any door', async () => {
    // What went wrong is written to the log of the process, as it should be.
    system.app.useLogger(false);
    await asOwner(system.databaseUrl, 'ALTER TABLE access_log RENAME TO access_log_away');
    try {
      for (const part of ['', '/timeline', '/export', '/mail', '/documents', '/clocks/acknowledge/explanation']) {
        const { status, body } = await one.get('coordinator', part);
        expect({ part, status }).toEqual({ part, status: 500 });
        expect(JSON.stringify(body)).not.toContain('Ministry of Defence');
      }
      const page = await system.call('coordinator', 'GET', `/cases/${one.reference}`);
      expect([page.status, String(page.body).includes('Ministry of Defence')]).toEqual([500, false]);
    } finally {
      await asOwner(system.databaseUrl, 'ALTER TABLE access_log_away RENAME TO access_log');
      system.app.useLogger(['warn', 'error']);
    }
  });

  let moved = Date.now();
  const later = () => new Date(moved);
  /** Eleven minutes pass: what was looked at before is another look now. */
  async function forget(): Promise<void> {
    const { manager } = system.dataSource;
    await advanceClock(manager, 11 * 60_000);
    moved = (await productNow(manager)) - 60_000;
  }
});
