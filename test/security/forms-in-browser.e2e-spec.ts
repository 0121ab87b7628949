import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { chromiumArgs, describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(120_000);
const LOGIN = { email: 'bravia@demo.action48.test', password: 'action48-demo' };

describeInBrowser('forms in a real browser', (executablePath) => {
  let system: TestSystem;
  let browser: Browser;
  let elsewhere: Server;
  /** Our pages as `localhost`, the other site as `127.0.0.1`: two sites to a browser. */
  let ours = '';
  let theirs = '';
  let attack = '';
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    ours = `http://localhost:${new URL(system.url).port}`;
    elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/html').end(attack));
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    theirs = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath, args: chromiumArgs });
  });
  afterAll(async () => {
    await browser?.close();
    elsewhere?.close();
    await system?.stop();
  });

  const visitor = async (): Promise<Page> => (await browser.newContext({ baseURL: ours })).newPage();
  const signIn = async (page: Page) => {
    await page.goto('/sign-in');
    await page.locator('#email').fill(LOGIN.email);
    await page.locator('#password').fill(LOGIN.password);
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.locator('main button[type=submit]').click(),
    ]);
    await page.waitForURL(/requests|\/$/);
    return sent.allHeaders();
  };
  /** A page elsewhere with a form to ours that sends itself. */
  const form = (path: string, fields: Record<string, string>, head = '') =>
    `<!doctype html>${head}<form method="post" action="${ours}${path}">${Object.entries(fields)
      .map(([name, value]) => `<input name="${name}" value="${value}">`)
      .join('')}</form><script>document.forms[0].submit()</script>`;
  const visitAttack = async (page: Page, html: string, path: string) => {
    attack = html;
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url() === ours + path && response.request().method() === 'POST'),
      page.goto(theirs),
    ]);
    return { status: answer.status(), headers: await answer.request().allHeaders() };
  };

  it('work from our own pages: signing in names where it comes from, a private page does not', async () => {
    const page = await visitor();
    expect(await signIn(page)).toMatchObject({ origin: ours, 'sec-fetch-site': 'same-origin' });
    await page.goto('/requests');
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.locator('.app-nav button').click(),
    ]);
    await page.waitForURL(`${ours}/`);
    expect(await sent.allHeaders()).toMatchObject({ origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect((await page.goto('/requests'))?.url()).toContain('/sign-in');
  });

  it.each([
    ['as it is', ''],
    ['without a referrer', '<meta name="referrer" content="no-referrer">'],
  ])('sign nobody in from another site, %s', async (_, head) => {
    const page = await visitor();
    const { status, headers } = await visitAttack(page, form('/sign-in', LOGIN, head), '/sign-in');
    expect(headers['sec-fetch-site']).toBe('cross-site');
    expect(status).toBe(403);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('sign nobody in from a frame without an origin', async () => {
    const page = await visitor();
    const inner = form('/sign-in', LOGIN).replace('<form', '<form target="_top"').replaceAll('"', '&quot;');
    const html = `<!doctype html><iframe sandbox="allow-forms allow-scripts allow-top-navigation" srcdoc="${inner}"></iframe>`;
    const { status, headers } = await visitAttack(page, html, '/sign-in');
    expect(headers).toMatchObject({ origin: 'null', 'sec-fetch-site': 'cross-site' });
    expect(status).toBe(403);
  });

  it('do nothing for somebody signed in when another site sends them, even with the right token', async () => {
    const page = await visitor();
    await signIn(page);
    await page.goto('/requests');
    const token = (await page.locator('.app-nav input[name=_csrf]').getAttribute('value')) ?? '';
    const { status } = await visitAttack(page, form('/sign-out', { _csrf: token }), '/sign-out');
    // Without the cookie, which `SameSite` keeps back, there is nobody to sign out; with it the form is refused.
    expect([303, 403]).toContain(status);
    expect((await page.goto('/requests'))?.url()).toBe(`${ours}/requests`);
  });

  it('show nothing of ours in a frame of another site', async () => {
    const page = await visitor();
    await signIn(page);
    attack = `<!doctype html><iframe src="${ours}/requests"></iframe>`;
    const [said] = await Promise.all([
      page.waitForEvent('console', (message) => message.text().includes(ours)),
      page.goto(theirs),
    ]);
    expect(said.text()).toMatch(/frame-ancestors 'none'|X-Frame-Options/);
  });

  it('leave no way back from a page that they open: the window is on its own', async () => {
    const page = await visitor();
    attack = `<!doctype html><script>window.opened = window.open('${ours}/sign-in')</script>`;
    const [popup] = await Promise.all([page.context().waitForEvent('page'), page.goto(theirs)]);
    await popup.waitForLoadState();
    expect(await popup.locator('h1').innerText()).toBe('Sign in');
    expect(await page.evaluate('window.opened.closed')).toBe(true);
  });
});
