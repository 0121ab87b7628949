import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { ownPath } from '../../apps/api/src/identity/own-path.js';
import { TestSystem } from '../support/system.js';

describe('pages and what comes from elsewhere', () => {
  let system: TestSystem;
  let cookie = '';
  const PASSWORD = 'action48-demo';
  const visit = (path: string, init: RequestInit = {}) => fetch(system.url + path, { redirect: 'manual', ...init });
  const send = (path: string, form: Record<string, string> | string, headers: Record<string, string> = {}) =>
    visit(path, { method: 'POST', body: new URLSearchParams(form), headers });
  const credentials = { email: 'bravia@demo.action48.test', password: PASSWORD };

  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    const answer = await send('/sign-in', credentials);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(answer.status).toBe(303);
  });
  afterAll(() => system.stop());

  const csrfOf = async () =>
    /name="_csrf" value="([^"]+)"/.exec(await (await visit('/requests', { headers: { cookie } })).text())?.[1] ?? '';
  const isSignedIn = async () => (await visit('/requests', { headers: { cookie } })).status === 200;

  it('keeps the session out of reach of scripts and of other sites', async () => {
    const set = (await send('/sign-in', credentials)).headers.get('set-cookie');
    expect(set).toMatch(/; HttpOnly/);
    expect(set).toMatch(/; SameSite=Lax/);
  });

  it.each([
    ['without the token of the session', {}, {}],
    ['with a token that is not ours', { _csrf: 'guessed' }, {}],
    ['of another site', { _csrf: 'ours' }, { origin: 'https://evil.test' }],
    ['that the browser calls cross-site', { _csrf: 'ours' }, { 'sec-fetch-site': 'cross-site' }],
  ])('refuse a form %s', async (_, form: Record<string, string>, headers: Record<string, string>) => {
    const filled = form['_csrf'] === 'ours' ? { _csrf: await csrfOf() } : form;
    expect((await send('/sign-out', filled, { cookie, ...headers })).status).toBe(403);
    expect(await isSignedIn()).toBe(true);
  });

  it('refuse to sign somebody in from a form of another site', async () => {
    const { status, headers } = await send('/sign-in', credentials, { origin: 'https://evil.test' });
    expect(status).toBe(403);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it.each(['/.//evil.test/x?lang=fr', '//evil.test/x?lang=fr', '/..//evil.test?lang=fr&a=1'])(
    'stay on this site when the language is chosen at %s',
    async (path) => {
      const to = await locationOf(path);
      expect(new URL(to, system.url).host).toBe(new URL(system.url).host);
      expect(to).not.toContain('lang=');
    },
  );

  it('offer the other languages of an address that looks like another site on this site', async () => {
    const html = await rawPage('/.//evil.test/x');
    const links = [...html.matchAll(/href="([^"]*lang=[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(new URL(link, system.url).host).toBe(new URL(system.url).host);
  });

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', '/a\r\nSet-Cookie: x', ['/queue'], undefined])(
    'go to the start page instead of to %j',
    (path) => {
      expect(ownPath(path)).toBe('/');
    },
  );

  it('go on to the page that somebody wanted to see', async () => {
    const { headers } = await send('/sign-in', { ...credentials, next: '/cases/CCM-A9-2026-0001?done=take' });
    expect(headers.get('location')).toBe('/cases/CCM-A9-2026-0001?done=take');
  });

  it('take a field that came twice for a wrong answer, not for a fault', async () => {
    expect((await send('/sign-in', 'email=a&email=b&password=c')).status).toBe(422);
    const to = await send('/demo/clock', `next=/a&next=/b&_csrf=${await csrfOf()}`, { cookie });
    expect(to.headers.get('location')).toBe('/');
  });

  it('take forms only', async () => {
    const body = JSON.stringify({ email: { a: 1 }, password: PASSWORD });
    const json = await visit('/sign-in', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(json.status).toBe(415);
    expect(await json.text()).toContain('<h1');
    const empty = await visit('/sign-in', { method: 'POST' });
    expect(empty.status).toBe(422);
  });

  it('say on a page that a form is too large', async () => {
    const { status, headers } = await send('/sign-in', { ...credentials, next: 'x'.repeat(1_100_000) });
    expect(status).toBe(413);
    expect(headers.get('content-type')).toContain('text/html');
  });

  it('stay out of caches, and their style sheets in them', async () => {
    expect((await visit('/sign-in')).headers.get('cache-control')).toBe('no-store');
    const style = /href="(\/assets\/[^"]+)"/.exec(await (await visit('/sign-in')).text())?.[1] ?? '';
    const { status, headers } = await visit(style);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  /** `fetch` tidies a path before it sends it; a link that somebody prepared is sent as it is. */
  const raw = (path: string): Promise<IncomingMessage> =>
    new Promise((done, fail) => {
      const { hostname, port } = new URL(system.url);
      get({ hostname, port, path }, done).once('error', fail);
    });

  async function locationOf(path: string): Promise<string> {
    const answer = await raw(path);
    answer.resume();
    expect(answer.statusCode).toBe(303);
    return answer.headers.location ?? '';
  }

  async function rawPage(path: string): Promise<string> {
    let html = '';
    for await (const chunk of (await raw(path)).setEncoding('utf8')) html += String(chunk);
    return html;
  }
});
