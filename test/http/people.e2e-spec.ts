import { randomUUID } from 'node:crypto';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { adminChainBrokenAt } from '#libs/audit/admin-events.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

describe('people over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 60_000);
  afterAll(() => system.stop());

  const get = (who: string, path: string) => system.call(who, 'GET', path);
  const post = (who: string, path: string, body: object, key = randomUUID()) =>
    system.call(who, 'POST', path, body, { 'Idempotency-Key': key });
  const patch = (who: string, id: string, body: object, match: string) =>
    system.call(who, 'PATCH', `/api/v1/people/${id}`, body, { 'If-Match': match });
  const person = (mailbox: string) =>
    system.dataSource.manager.findOneByOrFail(Person, { email: `${mailbox}@demo.action48.test` });
  const invitee = async (changes: object = {}) => ({
    ...{ email: `${randomUUID()}@bravia.example`, name: 'Amina Banda', language: 'en', timezone: 'Africa/Lusaka' },
    ...{ organisationId: (await person('bravia')).organisationId, roles: ['requester'], ...changes },
  });
  const lastEvents = async (n: number) =>
    (await system.dataSource.manager.find(AdminEvent, { order: { id: 'DESC' }, take: n })).reverse();

  describe('who may see whom', () => {
    it('is an administrator, everybody', async () => {
      const { status, body } = await get('admin', '/api/v1/people?limit=200');
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(15);
      expect(body.items[0]).not.toHaveProperty('passwordHash');
    });

    it('is the administrator of an office, the people of that office, whatever they ask for', async () => {
      const { organisationId } = await person('aurelia');
      for (const query of ['', `?organisation=${organisationId}`]) {
        const { body } = await get('bravia-admin', `/api/v1/people${query}`);
        expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
          'Demo Focal Point of Bravia',
          'Demo Office Administrator of Bravia',
        ]);
      }
    });

    it('is nobody else, and for them there is no such page and no such person', async () => {
      const { id } = await person('dunya');
      for (const who of ['aurelia', 'coordinator', 'lead', 'isu', 'legalaid', 'president'])
        for (const path of ['/api/v1/people', `/api/v1/people/${id}`])
          expect({ who, path, status: (await get(who, path)).status }).toEqual({ who, path, status: 404 });
      const [real, none] = [
        await get('bravia-admin', `/api/v1/people/${id}`),
        await get('bravia-admin', `/api/v1/people/${randomUUID()}`),
      ];
      expect([real.status, real.body.detail]).toEqual([404, none.body.detail]);
      expect((await get('', '/api/v1/people')).status).toBe(401);
    });

    it('is refused whatever they try on people of another office', async () => {
      const { id } = await person('aurelia');
      for (const act of ['disable', 'enable', 'invitation'])
        expect(
          (await post('bravia-admin', `/api/v1/people/${id}/${act}`, act === 'invitation' ? {} : { reason: 'x' }))
            .status,
        ).toBe(404);
      expect((await patch('bravia-admin', id, { roles: [] }, '"1"')).status).toBe(404);
    });

    it('finds people by name, role, organisation and account, page by page', async () => {
      const seen: string[] = [];
      let path: string | undefined = '/api/v1/people?role=requester&state=active&limit=3';
      while (path) {
        const { body, headers }: Awaited<ReturnType<typeof get>> = await get('admin', path);
        seen.push(...body.items.map(({ id }: { id: string }) => id));
        path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      }
      const [{ count }] = await system.dataSource.query(
        `SELECT count(*)::int FROM person WHERE active AND 'requester' = ANY (roles)`,
      );
      expect([seen.length, new Set(seen).size]).toEqual([count, count]);
      expect((await get('admin', '/api/v1/people?q=AURELIA')).body.items).toHaveLength(1);
      expect((await get('admin', '/api/v1/people?q=%25')).body.items).toHaveLength(0);
      expect((await get('admin', '/api/v1/people?cursor=nonsense')).status).toBe(400);
    });
  });

  describe('inviting', () => {
    it('makes an account that is not active yet, once for one key', async () => {
      const [body, key] = [await invitee(), randomUUID()];
      const first = await post('bravia-admin', '/api/v1/people', body, key);
      expect(first).toMatchObject({ status: 201, body: { state: 'invited', roles: ['requester'] } });
      expect(first.headers.get('location')).toBe(`/api/v1/people/${first.body.id}`);
      expect(await post('bravia-admin', '/api/v1/people', body, key)).toMatchObject({ status: 201, body: first.body });
      const other = await post('bravia-admin', '/api/v1/people', { ...body, name: 'Another' }, key);
      expect([other.status, other.body.type]).toEqual([422, '/problems/idempotency-key-reused']);
      expect((await system.call('bravia-admin', 'POST', '/api/v1/people', body)).status).toBe(400);
      const [event] = await lastEvents(1);
      expect(event).toMatchObject({ action: 'person_invited', subjectId: first.body.id });
      expect(JSON.stringify(event)).not.toMatch(/Amina|bravia\.example/);
    });

    it('is in an office for its own people and roles only', async () => {
      const { organisationId } = await person('aurelia');
      expect((await post('bravia-admin', '/api/v1/people', await invitee({ roles: ['admin'] }))).status).toBe(403);
      expect((await post('bravia-admin', '/api/v1/people', await invitee({ organisationId }))).status).toBe(403);
      expect((await post('coordinator', '/api/v1/people', await invitee())).status).toBe(404);
    });

    it('says what is wrong, at its field', async () => {
      const { organisationId } = await person('coordinator');
      const wrong = { email: 'bravia@demo.action48.test', timezone: 'Nowhere', organisationId, roles: ['requester'] };
      const { status, body } = await post('admin', '/api/v1/people', await invitee(wrong));
      expect(status).toBe(422);
      expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['email', 'roles', 'timezone']);
    });
  });

  describe('changing', () => {
    it('goes by what was read, and leaves a dated history of roles', async () => {
      const { body: made } = await post('admin', '/api/v1/people', await invitee());
      const read = await get('admin', `/api/v1/people/${made.id}`);
      const etag = read.headers.get('etag') ?? '';
      const changed = await patch('admin', made.id, { roles: ['requester', 'state_admin'] }, etag);
      expect(changed).toMatchObject({ status: 200, body: { roles: ['requester', 'state_admin'] } });
      const late = await patch('admin', made.id, { roles: ['requester'] }, etag);
      expect([late.status, late.body.type]).toEqual([412, '/problems/precondition-failed']);
      const without = await system.call('admin', 'PATCH', `/api/v1/people/${made.id}`, { roles: [] });
      expect([without.status, without.body.type]).toEqual([428, '/problems/precondition-required']);
      await patch('admin', made.id, { roles: ['state_admin'] }, changed.headers.get('etag') ?? '');
      const grants = await system.dataSource.query(
        'SELECT role, mandate, granted_by, revoked_at IS NULL AS stands FROM person_role WHERE person_id = $1 ORDER BY role',
        [made.id],
      );
      const { id: by } = await person('admin');
      expect(grants).toEqual([
        { role: 'requester', mandate: 'CCM-A9', granted_by: by, stands: false },
        { role: 'state_admin', mandate: 'CCM-A9', granted_by: by, stands: true },
      ]);
    });

    it('is nothing that anybody does to themselves', async () => {
      const { id, revision } = await person('admin');
      expect((await patch('admin', id, { roles: ['admin', 'coordinator_lead'] }, `"${revision}"`)).status).toBe(403);
      expect((await post('admin', `/api/v1/people/${id}/disable`, { reason: 'Tired.' })).status).toBe(403);
      const office = await person('bravia-admin');
      expect((await patch('bravia-admin', office.id, { roles: ['requester'] }, `"${office.revision}"`)).status).toBe(
        403,
      );
    });

    it('does not take the work on cases from somebody who owns open ones', async () => {
      const { reference } = (await post('bravia', '/api/v1/requests', requestForm())).body;
      await system.step('coordinator2', reference, 'take');
      const { id, revision } = await person('coordinator2');
      const refused = await patch('admin', id, { roles: ['observer'] }, `"${revision}"`);
      expect(refused).toMatchObject({ status: 409, body: { type: '/problems/owns-open-cases', cases: [reference] } });
      const kept = await post('admin', `/api/v1/people/${id}/disable`, { reason: 'Left.' });
      expect(kept).toMatchObject({ status: 409, body: { cases: [reference] } });
      await system.step('coordinator', reference, 'take');
      expect((await post('admin', `/api/v1/people/${id}/disable`, { reason: 'Left.' })).status).toBe(200);
    });
  });

  it('puts every act on record in a chain that holds', async () => {
    const events = await system.dataSource.manager.find(AdminEvent, { order: { id: 'ASC' } });
    expect(new Set(events.map(({ action }) => action))).toEqual(
      new Set(['person_invited', 'person_changed', 'person_disabled']),
    );
    expect(adminChainBrokenAt(events)).toBeNull();
  });
});
