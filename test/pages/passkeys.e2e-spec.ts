import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { chromium as playwright } from 'playwright-core';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { CookieVisitor } from '../support/cookie-visitor.js';
import { chromiumArgs, describeInBrowser } from '../support/chromium.js';
import { freePort } from '../support/free-port.js';
import { TestSystem } from '../support/system.js';
import { overflow, PHONE, signIn, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(60_000);

const BUTTON = '[data-passkey] button';

/** A device as Chromium plays it: with a finger to verify, and with room for keys that name their owner. */
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

describeInBrowser('a passkey', (chromium) => {
  let system: TestSystem;
  let browser: Browser;
  let visitors: Visitors;
  let page: Page;
  let device: CDPSession;
  let authenticatorId = '';
  let elsewhere: Server;
  let otherOrigin = '';

  beforeAll(async () => {
    const port = String(await freePort());
    const settings = { PORT: port, PUBLIC_URL: `http://localhost:${port}`, LOG_LEVEL: 'error' };
    system = await TestSystem.start({ worker: false, settings });
    browser = await playwright.launch({ executablePath: chromium, args: chromiumArgs });
    visitors = await Visitors.open(chromium, settings.PUBLIC_URL);
    page = await (await browser.newContext({ baseURL: settings.PUBLIC_URL })).newPage();
    device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    await plugIn();
    const otherPort = await freePort();
    otherOrigin = `http://localhost:${otherPort}`;
    elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<h1>Other</h1>'));
    await new Promise<void>((ready) => elsewhere.listen(otherPort, '127.0.0.1', ready));
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await browser?.close();
    await system?.stop();
    await new Promise((closed) => elsewhere?.close(closed));
  });

  const plugIn = async () => {
    ({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE }));
  };
  const pullOut = () => device.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  const keyOnDevice = async () => (await device.send('WebAuthn.getCredentials', { authenticatorId })).credentials[0];
  const signOut = async () => {
    await page.context().clearCookies();
  };
  const enter = async () => {
    await page.goto('/sign-in?next=/forecast');
    await page.locator(BUTTON).click();
  };
  const add = async (name: string) => {
    await page.goto('/account/passkeys');
    await page.fill('#name', name);
    await page.locator(BUTTON).click();
    await page.waitForURL('**/account/passkeys?done=added');
  };
  const own = () => texts(page, 'section[aria-labelledby=own] h3');
  const refusal = async () => {
    await page.waitForURL(({ pathname }) => pathname === '/sign-in/passkey');
    return texts(page, 'h1');
  };
  const REFUSED = 'This passkey does not open an account';

  /** What a device answers to our challenge on the page of the moment, without sending it to us. */
  const answerTo = (options: object): Promise<string> =>
    page.evaluate(
      `navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(${JSON.stringify(options)}) })
        .then((credential) => JSON.stringify(credential))`,
    );
  const challenge = async (who: CookieVisitor) =>
    (await (await who.send('/sign-in/passkey/options', {})).json()) as object;

  it('is not spoken of on a page without scripts, save that adding one needs them', async () => {
    const without = await visitors.visitor('coordinator', PHONE);
    await without.goto('/sign-in');
    expect(await without.locator(BUTTON).isVisible()).toBe(false);
    await without.goto('/account/passkeys');
    expect(await without.locator(BUTTON).isVisible()).toBe(false);
    expect(await texts(without, '[data-without-script]')).toEqual([expect.stringContaining('runs scripts')]);
  });

  it('is added under a name, and tells its owner when', async () => {
    await signIn(page, 'coordinator@demo.action48.test', 'action48-demo');
    await page.waitForURL('**/queue');
    await add('Office laptop');
    expect(await own()).toEqual(['Office laptop']);
    expect((await texts(page, '[role=status]')).join()).toContain('The passkey was added.');
    expect((await texts(page, 'section[aria-labelledby=own] p')).join()).toContain('Not used yet.');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: PHONE, height: 900 });
    expect(await overflow(page)).toBe(0);
  });

  it('is not made without a name, nor twice on one device', async () => {
    await page.goto('/account/passkeys');
    await page.locator(BUTTON).click();
    await page.locator('[role=alert]:not([hidden])').waitFor();
    await pullOut();
    await plugIn();
    await page.locator(BUTTON).click();
    await page.locator('.govuk-error-summary').waitFor();
    expect(await texts(page, '.govuk-error-summary li')).toEqual([expect.stringContaining('Give the passkey a name')]);
    expect(await own()).toEqual(['Office laptop']);
  });

  it('is one of several, each of which signs in without an address and a password', async () => {
    await pullOut();
    await plugIn();
    await add('Second device');
    expect(await own()).toEqual(['Office laptop', 'Second device']);
    await signOut();
    await enter();
    await page.waitForURL(({ pathname }) => pathname === '/forecast');
    await page.goto('/account/passkeys');
    expect((await texts(page, 'section[aria-labelledby=own] p')).join()).toContain('Last used:');
    const [session] = await system.dataSource.query('SELECT method FROM session ORDER BY created_at DESC LIMIT 1');
    expect(session).toEqual({ method: 'passkey' });
  });

  it('is refused when its count goes back: it has been copied', async () => {
    await signOut();
    const copy = await keyOnDevice();
    await enter();
    await page.waitForURL(({ pathname }) => pathname === '/forecast');
    await signOut();
    await pullOut();
    await plugIn();
    if (copy) await device.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
    await enter();
    expect(await refusal()).toEqual([REFUSED]);
    // The count goes on from where the original stands, so that only the copy is shut out.
    const original = { ...copy, signCount: (copy?.signCount ?? 0) + 5 };
    await pullOut();
    await plugIn();
    await device.send('WebAuthn.addCredential', { authenticatorId, credential: original as never });
    await enter();
    await page.waitForURL(({ pathname }) => pathname === '/forecast');
  });

  it('opens nothing with an answer that was given before, or given to another site', async () => {
    await page.goto('/sign-in');
    const who = new CookieVisitor(page.url());
    const first = await answerTo(await challenge(who));
    expect((await who.send('/sign-in/passkey', { response: first })).status).toBe(303);
    const later = new CookieVisitor(page.url());
    expect((await later.send('/sign-in/passkey', { response: first })).status).toBe(422);
    await challenge(later);
    expect((await later.send('/sign-in/passkey', { response: first })).status).toBe(422);

    await page.goto(otherOrigin);
    const there = new CookieVisitor(system.url.replace('127.0.0.1', 'localhost'));
    const answer = await answerTo(await challenge(there));
    expect((await there.send('/sign-in/passkey', { response: answer })).status).toBe(422);
    expect(there.has('action48_session')).toBe(false);
  });

  it('opens nothing once five minutes have passed, nor in another browser than asked', async () => {
    await page.goto('/sign-in');
    const [slow, other] = [new CookieVisitor(page.url()), new CookieVisitor(page.url())];
    const answer = await answerTo(await challenge(slow));
    expect((await other.send('/sign-in/passkey', { response: answer })).status).toBe(422);
    await system.dataSource.query(`UPDATE sign_in_attempt SET expires_at = now() - interval '1 second'`);
    expect((await slow.send('/sign-in/passkey', { response: answer })).status).toBe(422);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another kind of thing', '[1]'],
    ['an unknown key', '{"id":"AAAA"}'],
  ])('is not taken from %s', async (_, response) => {
    const who = new CookieVisitor(system.url);
    await challenge(who);
    expect((await who.send('/sign-in/passkey', { response })).status).toBe(422);
  });

  it('asks for the finger: a device that cannot tell who holds it is refused, on the page', async () => {
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await signOut();
    await enter();
    await page.locator('[role=alert]:not([hidden])').waitFor();
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  });

  it('opens nothing for somebody whose account has been disabled', async () => {
    const set = (active: boolean) =>
      system.dataSource.query(`UPDATE person SET active = $1 WHERE email LIKE 'coordinator@%'`, [active]);
    await set(false);
    await enter();
    expect(await refusal()).toEqual([REFUSED]);
    await set(true);
  });

  it('opens nothing once it has been removed, and is removed by its owner alone', async () => {
    await enter();
    await page.waitForURL(({ pathname }) => pathname === '/forecast');
    const key = (await keyOnDevice())?.credentialId ?? '';
    const passkey = Buffer.from(key, 'base64').toString('base64url');
    const stranger = await visitors.visitor('lead', PHONE);
    await stranger.goto('/account/passkeys');
    const csrf = (await stranger.locator('[name=_csrf]').first().getAttribute('value')) ?? '';
    const refused = await stranger.request.post('/account/passkeys/remove', { form: { _csrf: csrf, passkey } });
    expect(refused.status()).toBe(404);
    await page.goto('/account/passkeys');
    await page.getByRole('button', { name: 'Remove Second device' }).click();
    await page.waitForURL('**/account/passkeys?done=removed');
    expect(await own()).toEqual(['Office laptop']);
    const mails = await system.dataSource.query(`SELECT kind, recipient FROM mail ORDER BY id`);
    const recipient = 'coordinator@demo.action48.test';
    expect(mails).toEqual(['passkey_added', 'passkey_added', 'passkey_removed'].map((kind) => ({ kind, recipient })));
    await signOut();
    await enter();
    expect(await refusal()).toEqual([REFUSED]);
  });

  it('brings scripts to its two pages alone, each named by the page that it is for', async () => {
    const policy = async (path: string) =>
      /script-src ([^;]+)/.exec(
        (await new CookieVisitor(system.url).send(path)).headers.get('content-security-policy') ?? '',
      )?.[1];
    expect(await policy('/sign-in')).toMatch(/^'nonce-[^']+'$/);
    expect(await policy('/sign-in')).not.toBe(await policy('/sign-in'));
    for (const path of ['/', '/follow', '/follow/code', '/nowhere']) expect(await policy(path)).toBe("'none'");
  });
});
