import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from '../support/routes.js';
import { routesOf } from '../support/routes.js';
import { TestSystem } from '../support/system.js';

/** What every answer has, whatever it says. */
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'permissions-policy': expect.stringMatching(/camera=\(\), microphone=\(\), geolocation=\(\)/),
};
const STRICT = [
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
];
const SCRIPTED = /^(GET|POST) \/(sign-in|account\/passkeys)(\/|$)/;
/** The one page that shows what others have written as HTML: sandboxed, without scripts, in a frame of ours only. */
const MAIL_HTML = '/dev/mail/:id/html';

describe('the headers of every route', () => {
  let system: TestSystem;
  let routes: Route[];
  let cookie = '';
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    routes = routesOf(system.app);
    const form = new URLSearchParams({ email: 'lead@demo.action48.test', password: 'action48-demo' });
    const signedIn = await fetch(`${system.url}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
    cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  });
  afterAll(() => system.stop());

  interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    text: string;
  }

  const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<Answer>((done, fail) => {
      const { hostname, port } = new URL(system.url);
      const asking = request({ hostname, port, method, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      asking.once('error', fail).end(body);
    });

  const NAMES: Record<string, string> = { reference: 'CCM-A9-2026-0001', verb: 'take', name: 'triage', version: '1' };
  const filled = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => NAMES[name] ?? 'geneva');
  const policyOf = ({ headers }: Answer) => String(headers['content-security-policy']).split('; ');

  /** The two pages on which a passkey is asked for: scripts of ours with the nonce of the response, and no others. */
  const strictFor = (answer: Answer, where: string) =>
    SCRIPTED.test(where) && /script-src 'nonce-/.test(policyOf(answer).join('; '))
      ? STRICT.filter((part) => !part.startsWith('script-src'))
      : STRICT;

  const expectSafe = (answer: Answer, where: string) => {
    expect({ where, ...answer.headers }).toMatchObject({ where, ...EVERYWHERE });
    expect({ where, missing: strictFor(answer, where).filter((part) => !policyOf(answer).includes(part)) }).toEqual({
      where,
      missing: [],
    });
    expect({ where, inline: String(answer.headers['content-security-policy']).includes('unsafe') }).toEqual({
      where,
      inline: false,
    });
    expect({ where, powered: answer.headers['x-powered-by'], server: answer.headers['server'] }).toEqual({ where });
  };

  it('are found for more than eighty routes', () => {
    expect(routes.length).toBeGreaterThan(80);
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
  });

  it.each([
    ['nobody', false],
    ['somebody signed in', true],
  ])('say for %s: no script, no sniffing, no frame, no cache', async (_, signedIn) => {
    for (const { method, path } of routes.filter((route) => route.path !== MAIL_HTML)) {
      const headers: Record<string, string> = signedIn && path !== '/sign-out' ? { cookie } : {};
      expectSafe(await ask(method, filled(path), headers), `${method} ${path}`);
    }
  });

  it('let scripts of ours run where a passkey is asked for, by a nonce that no other answer has', async () => {
    const nonces = new Set<string>();
    for (const path of ['/sign-in', '/sign-in', '/account/passkeys']) {
      const answer = await ask('GET', path, path === '/sign-in' ? {} : { cookie });
      const [, nonce = ''] = /script-src 'nonce-([\w+/=]{22,})'/.exec(policyOf(answer).join('; ')) ?? [];
      nonces.add(nonce);
      const scripts = answer.text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    }
    expect(nonces.size).toBe(3);
  });

  it('send no referrer from a page of somebody signed in', async () => {
    for (const { method, path } of routes.filter((route) => route.method === 'GET')) {
      const { headers, status } = await ask(method, filled(path), { cookie });
      expect({ path, policy: headers['referrer-policy'] }).toEqual({ path, policy: 'no-referrer' });
      expect({ path, broken: status >= 500 }).toEqual({ path, broken: path === '/readyz' });
    }
  });

  it.each([
    ['GET', '/nowhere', {}],
    ['GET', '/api/v1/nowhere', {}],
    ['GET', '/%E0%A4%A', {}],
    ['GET', '/api/v1/cases/%E0%A4%A', {}],
    ['GET', '/api/openapi.json', {}],
    ['GET', '/?lang=fr', {}],
    ['OPTIONS', '/api/v1/cases', {}],
    ['POST', '/sign-in', { 'content-type': 'application/json', 'content-length': '2' }],
    ['GET', '/', { host: 'elsewhere.test' }],
    ['TRACE', '/', {}],
  ])('hold for what is refused before any route: %s %s %j', async (method, path, headers) => {
    expectSafe(await ask(method, path, headers, method === 'POST' ? '{}' : ''), path);
  });

  it('let a style sheet be cached, as it has its content in its address', async () => {
    const [, style = ''] = /href="(\/assets\/[^"]+)"/.exec((await ask('GET', '/sign-in')).text) ?? [];
    const { status, headers } = await ask('GET', style);
    expect({ status, ...headers }).toMatchObject({
      status: 200,
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('list no folder', async () => {
    expect((await ask('GET', '/assets/')).status).toBe(404);
    expect((await ask('GET', '/assets/..%2f..%2fpackage.json')).status).toBeGreaterThanOrEqual(400);
  });

  it('name the kind of every answer that has a body, with its characters', async () => {
    for (const { method, path } of routes.filter((route) => route.method === 'GET')) {
      const { headers, text } = await ask(method, filled(path), { cookie });
      if (text)
        expect({ path, type: headers['content-type'] }).toEqual({ path, type: expect.stringMatching(/utf-8|json/) });
    }
  });

  it('let no other site read an answer: nothing names an origin that may', async () => {
    for (const { method, path } of routes) {
      const { headers } = await ask(method, filled(path), { cookie, origin: 'https://elsewhere.test' });
      const named = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
      expect({ path, named }).toEqual({ path, named: [] });
    }
  });

  it('give files names of ours', async () => {
    const files = routes.filter(({ path }) => /\.(csv|ics|json)$/.test(path));
    expect(files.length).toBeGreaterThan(3);
    for (const { path } of files) {
      const { status, headers } = await ask('GET', filled(path), { cookie });
      const ours = /^attachment; filename="?[a-z-]+\.(csv|ics|json)"?$/.test(String(headers['content-disposition']));
      expect({ status, path, named: status === 404 || ours }).toEqual({ status, path, named: true });
    }
  });

  describe('a method that nothing has', () => {
    it.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'LINK'])(
      'is refused on a page: %s',
      async (method) => {
        for (const path of ['/', '/queue', '/sign-in', '/cases/CCM-A9-2026-0001']) {
          const { status, headers } = await ask(method, path, { cookie });
          expect({ path, status, allow: headers['allow'] }).toEqual({ path, status: 405, allow: 'GET, HEAD, POST' });
        }
      },
    );

    it.each(['TRACE', 'PROPFIND', 'LINK', 'PURGE'])('is refused to programs: %s', async (method) => {
      expect((await ask(method, '/api/v1/cases')).status).toBe(405);
      expect((await ask(method, '/livez')).status).toBe(405);
    });

    it('cannot be named in a header or a field instead of being used', async () => {
      const headers = { cookie, 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' };
      const form = '_method=DELETE';
      const kind = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) };
      expect((await ask('POST', '/sign-out?_method=DELETE', { ...headers, ...kind }, form)).status).toBe(403);
      expect((await ask('GET', '/api/v1/sessions/current', headers)).status).toBe(405);
      expect((await ask('GET', '/queue', { cookie })).status).toBe(200);
    });
  });

  describe('another host', () => {
    it.each(['elsewhere.test', 'elsewhere.test:4800', 'localhost.elsewhere.test', 'localhost@elsewhere.test'])(
      'gets nothing: %s',
      async (host) => {
        expect((await ask('GET', '/sign-in', { host })).status).toBe(421);
        expect((await ask('GET', '/api/v1/cases', { host })).status).toBe(421);
      },
    );

    it.each(['localhost', 'LOCALHOST:4800', '127.0.0.1:1', '[::1]:4800', '192.0.2.7'])(
      'is ours in a trial: %s',
      async (host) => {
        expect((await ask('GET', '/sign-in', { host })).status).toBe(200);
      },
    );

    it('may be any name for those that watch the processes', async () => {
      expect((await ask('GET', '/livez', { host: '10.1.2.3:4800' })).status).toBe(200);
      expect((await ask('GET', '/livez', { host: 'api' })).status).toBe(200);
    });

    it('is never taken from a header that a client writes', async () => {
      const { text } = await ask('GET', '/sign-in', { 'x-forwarded-host': 'elsewhere.test' });
      expect(text).not.toContain('elsewhere.test');
    });
  });

  it('answer to fields that come twice or as a list as to wrong answers, not as to a fault', async () => {
    const twice =
      'q=a&q=b&cursor=x&cursor=y&lang[]=fr&done=take&done=constructor&show[a]=b&year=1&year=2&next=/a&next=/b';
    for (const { path } of routes.filter((route) => route.method === 'GET' && route.path !== '/readyz')) {
      const { status } = await ask('GET', `${filled(path)}?${twice}`, { cookie });
      expect({ path, broken: status >= 500 }).toEqual({ path, broken: false });
    }
  });

  it('come with limits for clients that trickle', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount } = system.app.getHttpServer();
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount }).toEqual({
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 5_000,
      maxHeadersCount: 100,
    });
  });
});
