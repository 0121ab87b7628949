import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

const PASSWORD = 'action48-demo';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

describe('the HTTP contract', () => {
  let system: TestSystem;
  const get = (who: string, path: string, headers: Record<string, string> = {}) =>
    system.call(who, 'GET', path, undefined, headers);
  const open = (who: string, changes: object = {}, headers: Record<string, string> = {}) =>
    system.call(who, 'POST', '/api/v1/requests', { ...requestForm(), ...changes }, headers);
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 60_000);
  afterAll(() => system.stop());

  describe('sessions', () => {
    const signIn = (email: string, password: string) =>
      system.call('', 'POST', '/api/v1/sessions', { email, password });

    it('gives a token and says who it belongs to, once', async () => {
      const { status, body } = await signIn('Bravia@demo.action48.test ', PASSWORD);
      expect(status).toBe(201);
      expect(body).toEqual({
        token: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: expect.stringMatching(INSTANT),
        person: {
          id: expect.any(String),
          name: 'Demo Focal Point of Bravia',
          email: 'bravia@demo.action48.test',
          roles: ['requester', 'state_admin'],
          organisation: expect.objectContaining({ code: 'QMB' }),
        },
      });
      const kept = await system.dataSource.query('SELECT * FROM session');
      expect(JSON.stringify(kept)).not.toContain(body.token);
    });

    it('says the same of an unknown address and of a wrong password', async () => {
      const unknown = await signIn('nobody@demo.action48.test', PASSWORD);
      const wrong = await signIn('bravia@demo.action48.test', 'wrong');
      expect(unknown).toMatchObject({ status: 401, body: { type: '/problems/unauthenticated' } });
      expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    });

    it('ends when it is deleted', async () => {
      const { body } = await signIn('isu@demo.action48.test', PASSWORD);
      const headers = { authorization: `Bearer ${body.token}` };
      expect((await get('', '/api/v1/cases', headers)).status).toBe(200);
      expect((await system.call('', 'DELETE', '/api/v1/sessions/current', undefined, headers)).status).toBe(204);
      expect((await get('', '/api/v1/cases', headers)).status).toBe(401);
      expect((await system.call('', 'DELETE', '/api/v1/sessions/current')).status).toBe(401);
    });

    it('is refused for a while after too many attempts, with the wait said', async () => {
      let answer = await signIn('guess@demo.action48.test', 'guess');
      expect(answer.headers.get('x-ratelimit-limit')).toBe('120');
      for (let attempt = 0; attempt < 120 && answer.status === 401; attempt += 1)
        answer = await signIn(attempt % 2 ? 'guess@demo.action48.test' : 'GUESS@demo.action48.test', 'guess');
      expect(answer).toMatchObject({ status: 429, body: { type: '/problems/too-many-requests' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }, 60_000);
  });

  describe('opening a request', () => {
    it('answers 201 with its address and the case as its requester sees it', async () => {
      const { status, headers, body } = await open('aurelia', { requestingState: 'QMA' });
      expect(status).toBe(201);
      expect(body.reference).toMatch(/^CCM-A9-\d{4}-\d{4}$/);
      expect(headers.get('location')).toBe(`/api/v1/cases/${body.reference}`);
      expect(body).toMatchObject({ version: 1, stage: 'submitted', sideState: null, priority: null, owner: null });
      expect(body.openedAt).toMatch(INSTANT);
      expect(body.request.focalPoint.email).toBe('focal@bravia.example.test');
      expect(body.clocks).toEqual([
        expect.objectContaining({
          name: 'acknowledge',
          cycle: 1,
          state: 'running',
          dueAt: expect.stringMatching(INSTANT),
        }),
      ]);
      expect((await get('aurelia', headers.get('location') ?? '')).body.reference).toBe(body.reference);
    });

    it('opens one case for one key, and gives the same answer after the case has moved on', async () => {
      const key = { 'Idempotency-Key': 'once' };
      const first = await open('aurelia', { requestingState: 'QMA' }, key);
      await system.step('coordinator', first.body.reference, 'acknowledge', { message: 'We have it.' });
      const again = await open('aurelia', { requestingState: 'QMA' }, key);
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      const other = await open('aurelia', { requestingState: 'QMA', leadUnit: 'Another' }, key);
      expect(other).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } });
    });

    it('is for coordinators too when the request came on paper; its clock starts when the paper came', async () => {
      const receivedAt = new Date(Date.now() - 3_600_000).toISOString();
      const noteVerbale = { number: 'NV 12/2026', date: '2026-11-20' };
      const { status, body } = await open('coordinator', { channel: 'note_verbale', receivedAt, noteVerbale });
      expect({ status, openedAt: body.openedAt }).toEqual({ status: 201, openedAt: receivedAt });
      expect((await get('bravia', `/api/v1/cases/${body.reference}`)).status).toBe(200);
    });

    it('takes the time of the demonstration for now', async () => {
      await system.call('admin', 'POST', '/api/v1/demo/clock', { advance: 'PT2H' });
      const receivedAt = new Date(Date.now() + 3_600_000).toISOString();
      expect(await open('coordinator', { channel: 'meeting_statement', receivedAt })).toMatchObject({ status: 201 });
    });
  });

  describe('one case', () => {
    let reference = '';
    beforeAll(async () => {
      ({
        body: { reference },
      } = await open('bravia'));
      await system.step('coordinator', reference, 'acknowledge', { message: 'We have it.' }, 'acknowledge-1');
      await system.step('coordinator', reference, 'take');
    });

    it('has what the contract promises, and is not kept by caches', async () => {
      const { status, headers, body } = await get('coordinator', `/api/v1/cases/${reference}`);
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe(`W/"${body.version}"`);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({ reference, version: 3, stage: 'verification', state: 'QMB' });
      expect(body.owner).toMatchObject({ name: 'Demo Coordinator A' });
      expect(body.nextActions).toContain('verify');
      expect(body.nextActions).not.toContain('acknowledge');
    });

    it('gives the first answer to a repeated key, and refuses the key for anything else', async () => {
      const body = { message: 'We have it.' };
      const again = await system.step('coordinator', reference, 'acknowledge', body, 'acknowledge-1');
      expect(again).toMatchObject({ status: 200, body: { version: 2, stage: 'verification' } });
      const other = await system.step('coordinator', reference, 'acknowledge', { message: 'Other.' }, 'acknowledge-1');
      expect(other).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } });
    });

    it('refuses with the reason and with what would be allowed', async () => {
      const { status, body } = await system.step('coordinator', reference, 'close', {
        outcome: 'help_delivered',
        text: 'x',
      });
      expect(status).toBe(409);
      expect(body).toMatchObject({
        type: '/problems/not-in-this-stage',
        code: 'not_in_this_stage',
        instance: expect.any(String),
      });
      expect(body.allowed).toEqual((await get('coordinator', `/api/v1/cases/${reference}`)).body.nextActions);
    });

    it('has a timeline in pages, each with the address of the next', async () => {
      const seen: number[] = [];
      let path: string | undefined = `/api/v1/cases/${reference}/timeline?limit=2`;
      while (path) {
        const { body, headers }: Awaited<ReturnType<typeof get>> = await get('coordinator', path);
        seen.push(...body.items.map(({ version }: { version: number }) => version));
        path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
        expect(path === undefined).toBe(body.next === null);
        if (path) expect(path).toContain('limit=2');
      }
      expect(seen).toEqual([1, 2, 3]);
    });

    it('explains each clock: rule, calendar and instants', async () => {
      const { status, body } = await get('coordinator', `/api/v1/cases/${reference}/clocks/acknowledge/explanation`);
      expect(status).toBe(200);
      const calendar = expect.objectContaining({ timezone: 'Europe/Zurich', tzdb: expect.any(String) });
      expect(body.items).toEqual([expect.objectContaining({ name: 'acknowledge', state: 'met', calendar })]);
    });

    it('explains a running clock so that it adds up: what counted and what is to come make the target', async () => {
      const { body } = await get('coordinator', `/api/v1/cases/${reference}/clocks/verify/explanation`);
      const [clock] = body.items;
      const sum = (days: { openSeconds: number }[]) => days.reduce((total, { openSeconds }) => total + openSeconds, 0);
      expect(sum(clock.counted)).toBeCloseTo(clock.elapsedSeconds, 3);
      expect(sum(clock.counted) + sum(clock.ahead)).toBeCloseTo(clock.target.openSeconds, 3);
      const text = clock.lines.map((line: { text: string }) => line.text).join(' ');
      expect(text).toContain('Promised: 5 working days.');
      expect(text).toContain('calendar geneva version 1 (Europe/Zurich)');
    });

    it('has its mail ledger, its documents and its export', async () => {
      const mail = await get('coordinator', `/api/v1/cases/${reference}/mail`);
      expect(mail.body.items[0]).toMatchObject({ kind: expect.any(String), state: 'due', sentAt: null });
      expect((await get('coordinator', `/api/v1/cases/${reference}/documents`)).body).toEqual({
        items: [],
        next: null,
      });
      const { body } = await get('coordinator', `/api/v1/cases/${reference}/export`);
      expect(body.case.reference).toBe(reference);
      expect(body.timeline).toHaveLength(3);
    });
  });
});
