import { codeOf, enrol, laterCode } from '../support/authenticator.js';
import { TestSystem } from '../support/system.js';

const PASSWORD = 'action48-demo';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

describe('accounts over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
  }, 60_000);
  afterAll(() => system.stop());

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const as = (token: string, method: string, path: string, body?: unknown) =>
    system.call('', method, path, body, bearer(token));
  const signIn = (who: string, more: object = {}) =>
    system.call('', 'POST', '/api/v1/sessions', { email: `${who}@demo.action48.test`, password: PASSWORD, ...more });
  const session = async (who: string): Promise<string> => (await signIn(who)).body.token;

  describe('sessions', () => {
    it('are listed to whoever they belong to, without their tokens', async () => {
      const [one, other] = [await session('isu'), await session('isu')];
      const { status, body } = await as(one, 'GET', '/api/v1/sessions');
      expect(status).toBe(200);
      expect(body.items).toHaveLength(2);
      for (const item of body.items)
        expect(item).toEqual({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          method: 'password',
          secondFactor: false,
          browser: null,
          createdAt: expect.stringMatching(INSTANT),
          lastUsedAt: expect.stringMatching(INSTANT),
          expiresAt: expect.stringMatching(INSTANT),
          current: expect.any(Boolean),
        });
      expect(body.items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
      expect(JSON.stringify(body)).not.toMatch(new RegExp(`${one}|${other}`));
    });

    it('are ended one by one or all the others at once, and only by their owner', async () => {
      const [one, two, three] = [await session('lead'), await session('lead'), await session('lead')];
      const listed = async (token: string) => (await as(token, 'GET', '/api/v1/sessions')).body.items;
      const [current] = (await listed(two)).filter((item: { current: boolean }) => item.current);
      const stranger = await session('aurelia');
      expect((await as(stranger, 'DELETE', `/api/v1/sessions/${current.id}`)).status).toBe(404);
      expect((await as(one, 'DELETE', `/api/v1/sessions/nothing`)).status).toBe(404);
      expect((await as(one, 'DELETE', `/api/v1/sessions/${current.id}`)).status).toBe(204);
      expect((await as(two, 'GET', '/api/v1/cases')).status).toBe(401);
      expect((await as(one, 'DELETE', '/api/v1/sessions')).status).toBe(204);
      expect((await as(three, 'GET', '/api/v1/cases')).status).toBe(401);
      expect(await listed(one)).toHaveLength(1);
    });
  });

  describe('tokens of programs', () => {
    const make = (token: string, changes: object = {}) =>
      as(token, 'POST', '/api/v1/tokens', { name: 'Monthly figures', scopes: ['read'], days: 30, ...changes });

    it('are shown once, kept as a hash, and made known by mail', async () => {
      const coordinator = await session('coordinator');
      const { status, body } = await make(coordinator);
      expect(status).toBe(201);
      expect(body.token).toMatch(/^a48_[\w-]{43}$/);
      const { body: list } = await as(coordinator, 'GET', '/api/v1/tokens');
      expect(list.items).toEqual([
        {
          id: body.id,
          name: 'Monthly figures',
          scopes: ['read'],
          createdAt: expect.stringMatching(INSTANT),
          expiresAt: expect.stringMatching(INSTANT),
          lastUsedAt: null,
        },
      ]);
      expect(JSON.stringify(await system.dataSource.query('SELECT * FROM api_token'))).not.toContain(body.token);
      const mails = await system.dataSource.query(`SELECT recipient FROM mail WHERE kind = 'token_made'`);
      expect(mails).toEqual([{ recipient: 'coordinator@demo.action48.test' }]);
      expect((await as(body.token, 'GET', '/api/v1/cases')).status).toBe(200);
      const { body: used } = await as(coordinator, 'GET', '/api/v1/tokens');
      expect(used.items[0].lastUsedAt).toMatch(INSTANT);
    });

    it('that may read change nothing; those that may act do what their person may', async () => {
      const lead = await session('lead');
      const reading = (await make(lead)).body.token;
      const acting = (await make(lead, { scopes: ['act'] })).body.token;
      const draft = (token: string) => as(token, 'POST', '/api/v1/policies/drafts', { basedOn: 1 });
      expect((await as(reading, 'GET', '/api/v1/policies')).status).toBe(200);
      expect(await draft(reading)).toMatchObject({
        status: 403,
        body: { type: '/problems/scope-required', scope: 'act', detail: expect.stringContaining('`act`') },
      });
      expect((await draft(acting)).status).toBe(201);
      expect((await as(acting, 'GET', '/api/v1/policies')).status).toBe(200);
    });

    it.each([
      ['GET', '/api/v1/tokens', undefined],
      ['POST', '/api/v1/tokens', { name: 'x', scopes: ['act'], days: 1 }],
      ['GET', '/api/v1/sessions', undefined],
      ['DELETE', '/api/v1/sessions', undefined],
      ['DELETE', '/api/v1/sessions/current', undefined],
      ['GET', '/account', undefined],
      ['GET', '/account/tokens', undefined],
      ['GET', '/account/second-factor', undefined],
      ['GET', '/account/password', undefined],
    ])('never reach the account of their person: %s %s', async (method, path, body) => {
      const acting = (await make(await session('admin'), { scopes: ['read', 'act'] })).body.token;
      const answer = await as(acting, method, path, body);
      expect(answer.status).toBe(403);
      if (path.startsWith('/api/')) expect(answer.body.type).toBe('/problems/session-required');
    });

    it('end when they are revoked, when they expire, and with their person; a cookie is not for them', async () => {
      const isu = await session('isu');
      const [one, two] = [(await make(isu)).body, (await make(isu)).body];
      const reads = async (token: string) => (await as(token, 'GET', '/api/v1/cases')).status;
      const inCookie = { cookie: `action48_session=${one.token}` };
      expect((await system.call('', 'GET', '/api/v1/cases', undefined, inCookie)).status).toBe(401);
      const stranger = await session('aurelia');
      expect((await as(stranger, 'DELETE', `/api/v1/tokens/${one.id}`)).status).toBe(404);
      expect((await as(isu, 'DELETE', `/api/v1/tokens/${one.id}`)).status).toBe(204);
      expect([await reads(one.token), await reads(two.token)]).toEqual([401, 200]);
      await system.dataSource.query(`UPDATE api_token SET expires_at = now() WHERE id = $1`, [two.id]);
      expect(await reads(two.token)).toBe(401);
    });

    it.each([
      ['without a name', { name: ' ' }, 'name'],
      ['for longer than a year', { days: 367 }, 'days'],
      ['for no time', { days: 0 }, 'days'],
      ['for nothing', { scopes: [] }, 'scopes'],
      ['for something that there is not', { scopes: ['read', 'admin'] }, 'scopes'],
    ])('are not made %s', async (_, changes, field) => {
      const { status, body } = await make(await session('dunya'), changes);
      expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 422, field });
    });
  });

  describe('a second factor', () => {
    it('is asked for after the right password, and only then', async () => {
      const { secret, recoveryCodes } = await enrol(system, 'president');
      const { status, body } = await signIn('president');
      expect({ status, type: body.type }).toEqual({ status: 401, type: '/problems/second-factor-required' });
      expect(body.token).toBeUndefined();
      expect((await signIn('president', { password: 'wrong' })).body.type).toBe('/problems/unauthenticated');
      expect((await signIn('president', { code: 'WRONG' })).body.type).toBe('/problems/second-factor-required');
      const code = codeOf(secret);
      const { body: opened } = await signIn('president', { code });
      expect((await signIn('president', { code })).status).toBe(401);
      expect((await signIn('president', { code: recoveryCodes[0] })).status).toBe(201);
      const { body: list } = await as(opened.token, 'GET', '/api/v1/sessions');
      expect(list.items.every(({ secondFactor }: { secondFactor: boolean }) => secondFactor)).toBe(true);
    });

    it('is owed from then on by sessions that were begun before', async () => {
      const before = await session('legalaid');
      expect((await as(before, 'GET', '/api/v1/cases')).status).toBe(200);
      await enrol(system, 'legalaid');
      const { status, body } = await as(before, 'GET', '/api/v1/cases');
      expect({ status, type: body.type }).toEqual({ status: 401, type: '/problems/second-factor-required' });
      expect((await as(before, 'GET', '/api/v1/sessions')).status).toBe(401);
      expect((await as(before, 'DELETE', '/api/v1/sessions/current')).status).toBe(204);
    });

    it('is not guessed: after ten tries no code is taken for a while', async () => {
      const { secret } = await enrol(system, 'helvia');
      await laterCode(system.dataSource);
      let last = await signIn('helvia', { code: '000000' });
      for (let tried = 1; tried < 12; tried += 1) last = await signIn('helvia', { code: '000000' });
      expect(last).toMatchObject({ status: 429, body: { type: '/problems/too-many-requests' } });
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(60);
      expect((await signIn('helvia', { code: codeOf(secret) })).status).toBe(429);
    });
  });

  it('say the same of an address that nobody has as of a wrong password, for people too', async () => {
    const page = async (email: string) => {
      const body = new URLSearchParams({ email, password: 'wrong' });
      const answer = await fetch(`${system.url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
      const main = /<main[^]*<\/form>/.exec(await answer.text())?.[0].replaceAll(email, 'ADDRESS');
      return [answer.status, main];
    };
    const unknown = await page('nobody@demo.action48.test');
    expect(unknown).toEqual([422, expect.stringContaining('ADDRESS')]);
    expect(unknown).toEqual(await page('bravia@demo.action48.test'));
  });

  it('say the same to whoever asks for a new password, whether or not the address is known', async () => {
    const ask = async (email: string) => {
      const body = new URLSearchParams({ email });
      const answer = await fetch(`${system.url}/forgotten`, { method: 'POST', body, redirect: 'manual' });
      const cookie = answer.headers.get('set-cookie') ?? '';
      return [
        answer.status,
        answer.headers.get('location'),
        cookie.replace(/=[\w-]{43};|Expires=[^;]+/g, ''),
        await answer.text(),
      ];
    };
    const [known, unknown] = [await ask('bravia@demo.action48.test'), await ask('nobody@demo.action48.test')];
    expect(known).toEqual(unknown);
    expect(known[0]).toBe(303);
    const mails = await system.dataSource.query(`SELECT recipient FROM mail WHERE kind = 'password_reset'`);
    expect(mails).toEqual([{ recipient: 'bravia@demo.action48.test' }]);
  });
});

describe('where staff need a second factor', () => {
  let system: TestSystem;
  beforeAll(async () => {
    const settings = { STAFF_SECOND_FACTOR: 'required', PUBLIC_URL: 'https://action48.test' };
    system = await TestSystem.start({ worker: false, settings });
  }, 60_000);
  afterAll(() => system.stop());

  it('those without one can do nothing before they have added it; others go on as ever', async () => {
    for (const who of ['coordinator', 'lead', 'isu', 'admin']) {
      const { status, body } = await system.call(who, 'GET', '/api/v1/cases');
      const { type } = body;
      expect({ who, status, type }).toEqual({ who, status: 403, type: '/problems/second-factor-enrolment-required' });
    }
    for (const who of ['bravia', 'legalaid', 'president'])
      expect((await system.call(who, 'GET', '/api/v1/cases')).status).toBe(200);
  });

  it('a browser is led to where it is added, with a cookie that nobody else can set', async () => {
    const body = new URLSearchParams({ email: 'lead@demo.action48.test', password: PASSWORD, next: '/queue' });
    const answer = await fetch(`${system.url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/account/second-factor');
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^__Host-action48_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    const cookie = set.split(';')[0] ?? '';
    const visit = (path: string) => fetch(system.url + path, { headers: { cookie }, redirect: 'manual' });
    for (const path of ['/queue', '/account', '/account/tokens', '/account/password', '/system']) {
      const { status, headers } = await visit(path);
      expect({ path, status, to: headers.get('location') }).toEqual({
        path,
        status: 303,
        to: '/account/second-factor',
      });
    }
    expect((await visit('/account/second-factor')).status).toBe(200);
    expect(await (await visit('/')).text()).not.toContain('/sign-out');
  });
});
