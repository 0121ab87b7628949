import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { TestSystem } from '../support/system.js';

const PRODUCTION = { DEPLOYMENT: 'production', SECRETS_KEY: randomBytes(32).toString('base64') };
const PUBLIC_URL = 'https://assistance.example.test';

/** The status and headers of an answer; `fetch` would not send another `Host`. */
const ask = (url: string, path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown> }>((done, fail) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers, method }, (response) => {
      response.resume();
      done({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .once('error', fail)
      .end();
  });

describe('a deployment behind a proxy with TLS', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({
      worker: false,
      settings: { ...PRODUCTION, PUBLIC_URL, TRUST_PROXY: '1', SECURITY_CONTACT: 'mailto:security@example.test' },
    });
  });
  afterAll(() => system.stop());
  const host = 'assistance.example.test';

  it('keeps browsers to TLS, for two years and every host below', async () => {
    for (const path of ['/sign-in', '/nowhere', '/api/v1/cases']) {
      const { headers } = await ask(system.url, path, { host });
      expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    }
  });

  it.each([
    ['assistance.example.test', 200],
    ['ASSISTANCE.example.test:443', 200],
    ['localhost:4800', 200],
    ['127.0.0.1', 200],
    ['192.0.2.7', 421],
    ['example.test', 421],
    ['assistance.example.test.evil.test', 421],
  ])('answers to its own name and from its own machine only: %s', async (name, status) => {
    expect((await ask(system.url, '/sign-in', { host: name })).status).toBe(status);
  });

  it('gives its session to the browser over TLS only', async () => {
    const form = new URLSearchParams({ email: 'bravia@demo.action48.test', password: 'action48-demo' });
    const { headers } = await fetch(`${system.url}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
    expect(headers.get('set-cookie')).toMatch(/; Secure/);
  });

  it('has no door of the demonstration: no logins, no inbox, no clock', async () => {
    expect(await (await fetch(`${system.url}/sign-in`)).text()).not.toContain('action48-demo');
    for (const path of ['/dev/mail', '/demo/clock', '/api/v1/demo/clock', '/api/v1/demo/mail'])
      expect({ path, status: (await fetch(system.url + path, { redirect: 'manual' })).status }).toEqual({
        path,
        status: 404,
      });
  });

  it('says whom to write to about a weakness', async () => {
    const answer = await fetch(`${system.url}/.well-known/security.txt`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/^Contact: mailto:security@example\.test\n/);
    expect(text).toContain(`Canonical: ${PUBLIC_URL}/.well-known/security.txt`);
    const expires = Date.parse(/^Expires: (\S+Z)$/m.exec(text)?.[1] ?? '');
    expect(expires).toBeGreaterThan(Date.now());
    expect(expires).toBeLessThan(Date.now() + 366 * 24 * 3_600_000);
  });
});

describe('who asks', () => {
  const guess = async (system: TestSystem, from: number) => {
    const body = { email: 'bravia@demo.action48.test', password: 'wrong' };
    const forwarded = { 'x-forwarded-for': `192.0.2.${from}` };
    return (await system.call('', 'POST', '/api/v1/sessions', body, forwarded)).status;
  };
  const guesses = async (system: TestSystem) => {
    const answers: number[] = [];
    for (let from = 1; from <= 25; from += 1) answers.push(await guess(system, from));
    return answers;
  };

  const started: TestSystem[] = [];
  const production = async (settings: Record<string, string>) => {
    const system = await TestSystem.start({ worker: false, settings: { ...PRODUCTION, ...settings } });
    started.push(system);
    return system;
  };
  afterAll(() => Promise.all(started.map((system) => system.stop())));

  it('is whom the connection comes from, whatever a header says, where no proxy is set', async () => {
    const system = await production({});
    expect(await guesses(system)).toContain(429);
    expect((await fetch(`${system.url}/.well-known/security.txt`)).status).toBe(404);
  });

  it('is whom the proxy names, and what the client wrote before it does not count', async () => {
    const system = await production({ TRUST_PROXY: '1' });
    expect(await guesses(system)).not.toContain(429);
    const spoofed = async (from: number) => {
      const forwarded = { 'x-forwarded-for': `203.0.113.${from}, 192.0.2.99` };
      const body = { email: 'a@example.test', password: 'b' };
      return (await system.call('', 'POST', '/api/v1/sessions', body, forwarded)).status;
    };
    const answers: number[] = [];
    for (let from = 1; from <= 25; from += 1) answers.push(await spoofed(from));
    expect(answers).toContain(429);
  });
});
