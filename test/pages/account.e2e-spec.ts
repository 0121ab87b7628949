import type { Page } from 'playwright-core';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { messageOf } from '#libs/mail/envelope.js';
import { Config } from '#libs/config/config.js';
import { codeOf, laterCode } from '../support/authenticator.js';
import { describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, PHONE, signIn, texts, violations, Visitors } from './browser.js';

jest.setTimeout(300_000);

const PASSWORD = 'action48-demo';
const addressOf = (who: string) => `${who}@demo.action48.test`;

describeInBrowser('an account in its pages', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    visitors = await Visitors.open(chromium, system.url);
  }, 120_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const pathOf = (page: Page) => new URL(page.url()).pathname;
  /** Presses a button of the page and waits for what comes then. */
  const press = async (page: Page, name: string) => {
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name }).first().click();
    await loaded;
  };
  const fits = async (page: Page) =>
    expect({ path: pathOf(page), wide: await overflow(page), axe: await violations(page) }).toEqual({
      path: pathOf(page),
      wide: 0,
      axe: [],
    });

  it('shows who somebody is here and where they are signed in, and ends what they do not want', async () => {
    const [page, other] = [await visitors.visitor('lead', DESK), await visitors.visitor('lead', DESK)];
    await page.goto('/');
    await page.getByRole('link', { name: 'Your account' }).click();
    await page.waitForURL('**/account');
    expect((await texts(page, 'main dd')).join()).toContain(addressOf('lead'));
    const rows = await texts(page, 'main tbody tr');
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toContain('Chrome on Linux');
    expect(rows.filter((row) => row.startsWith('Chrome on Linux this session'))).toHaveLength(1);
    await press(page, 'End every other session');
    expect(await texts(page, '[role=status]')).toEqual(['Every other session has ended.']);
    expect(await texts(page, 'main tbody tr')).toHaveLength(1);
    await other.goto('/account');
    expect(pathOf(other)).toBe('/sign-in');
  });

  it('gets a second factor, which is asked for from then on, and may be answered with a recovery code', async () => {
    const page = await visitors.visitor('coordinator', PHONE, 'ar');
    await page.goto('/account/second-factor?lang=en');
    await press(page, 'Add an authenticator app');
    await fits(page);
    const picture = await page.locator('main img').getAttribute('src');
    expect(Buffer.from(picture?.split(',')[1] ?? '', 'base64').toString()).toContain('<svg');
    const key = await page.locator('main code').innerText();
    await page.fill('#code', '000000');
    await press(page, 'Add the second factor');
    expect(await texts(page, '#code-error')).toHaveLength(1);
    const before = await page.context().cookies();
    await page.fill('#code', codeOf(key));
    await press(page, 'Add the second factor');
    const codes = await texts(page, 'main code');
    expect(codes).toHaveLength(10);
    await fits(page);
    const sessionIn = (cookies: { name: string; value: string }[]) =>
      cookies.find(({ name }) => name === 'action48_session')?.value;
    expect(sessionIn(await page.context().cookies())).not.toBe(sessionIn(before));

    const again = await visitors.visitor('', PHONE);
    await again.goto('/queue');
    await signIn(again, addressOf('coordinator'), PASSWORD);
    await again.waitForURL('**/sign-in/second-factor**');
    await fits(again);
    await again.goto('/queue?queue=breached');
    expect(pathOf(again)).toBe('/sign-in/second-factor');
    expect(await texts(again, '.app-nav a')).toEqual([]);
    await again.fill('#code', 'AAAA-BBBB-CCCC-DDDD');
    await press(again, 'Go on');
    expect(await texts(again, '#code-error')).toHaveLength(1);
    await again.fill('#code', codes[0]?.toLowerCase() ?? '');
    await press(again, 'Go on');
    expect(again.url()).toBe(`${system.url}/queue?queue=breached`);

    await laterCode(system.dataSource);
    await again.goto('/account/second-factor');
    expect(await again.locator('main').innerText()).toContain('Recovery codes that you have not used: 9.');
    await again.fill('#remove-password', 'wrong');
    await press(again, 'Turn the second factor off');
    expect(await texts(again, '#remove-password-error')).toHaveLength(1);
    await again.fill('#renew-password', PASSWORD);
    await press(again, 'Make new recovery codes');
    expect(await texts(again, 'main code')).toHaveLength(10);
    await again.goto('/account/second-factor');
    await again.fill('#remove-password', PASSWORD);
    await press(again, 'Turn the second factor off');
    expect(await texts(again, '[role=status]')).toEqual(['Your second factor is turned off.']);
  });

  it('makes a token that is shown once, and revokes it', async () => {
    const page = await visitors.visitor('isu', PHONE);
    await page.goto('/account/tokens');
    await press(page, 'Make a token');
    expect(await texts(page, '#name-error')).toHaveLength(1);
    await fits(page);
    await page.fill('#name', 'Monthly figures');
    await page.selectOption('#days', '366');
    await press(page, 'Make a token');
    const token = await page.locator('main code').innerText();
    expect(token).toMatch(/^a48_[\w-]{43}$/);
    await fits(page);
    const headers = { authorization: `Bearer ${token}` };
    expect((await system.call('', 'GET', '/api/v1/cases', undefined, headers)).status).toBe(200);
    await page.goto('/account/tokens');
    expect(await page.content()).not.toContain(token);
    expect((await texts(page, 'main tbody tr')).join()).toContain('Monthly figures');
    await fits(page);
    await press(page, 'Revoke');
    expect(await texts(page, '[role=status]')).toHaveLength(1);
    expect((await system.call('', 'GET', '/api/v1/cases', undefined, headers)).status).toBe(401);
  });

  it('takes another password from whoever knows the old one', async () => {
    const page = await visitors.visitor('dunya', PHONE);
    await page.goto('/account/password');
    await page.fill('#old', 'wrong');
    await page.fill('#password', 'plums and bananas');
    await press(page, 'Change your password');
    expect(await texts(page, '#old-error')).toHaveLength(1);
    await page.fill('#old', PASSWORD);
    await page.fill('#password', 'too short');
    await press(page, 'Change your password');
    expect(await texts(page, '#password-error')).toHaveLength(1);
    await fits(page);
    await page.fill('#old', PASSWORD);
    await page.fill('#password', 'plums and bananas');
    await press(page, 'Change your password');
    expect(pathOf(page)).toBe('/account');
    const again = await visitors.visitor('', PHONE);
    await signIn(again, addressOf('dunya'), 'plums and bananas');
    await again.waitForURL('**/requests');
  });

  it('gets a new password with a code by mail, in the browser that asked', async () => {
    const page = await visitors.visitor('', PHONE);
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'I have forgotten my password' }).click();
    await page.waitForURL('**/forgotten');
    await press(page, 'Send a code');
    expect(await texts(page, '#email-error')).toHaveLength(1);
    await page.fill('#email', addressOf('aurelia'));
    await press(page, 'Send a code');
    await page.waitForURL('**/forgotten/code**');
    const mail = await system.dataSource.manager.findOneByOrFail(Mail, {
      kind: 'password_reset',
      recipient: addressOf('aurelia'),
    });
    const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(messageOf(mail, system.app.get(Config)).text as string)?.[0] ?? '';
    await page.fill('#code', '0000-0000');
    await page.fill('#password', 'plums and bananas');
    await press(page, 'Set the new password');
    expect(await texts(page, '#code-error')).toHaveLength(1);
    await fits(page);
    await page.fill('#code', code);
    await page.fill('#password', 'plums and bananas');
    await press(page, 'Set the new password');
    expect(pathOf(page)).toBe('/sign-in');
    expect(await texts(page, '[role=status]')).toEqual(['Your password has been changed. Sign in with the new one.']);
    await page.fill('#email', addressOf('aurelia'));
    await page.fill('#password', 'plums and bananas');
    await press(page, 'Sign in');
    await page.waitForURL('**/requests');
  });
});

describeInBrowser('staff where a second factor is demanded', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false, settings: { STAFF_SECOND_FACTOR: 'required' } });
    visitors = await Visitors.open(chromium, system.url);
  }, 120_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  it('add one after signing in, and then go to their work', async () => {
    const page = await visitors.visitor('', PHONE);
    await signIn(page, addressOf('isu'), PASSWORD);
    await page.waitForURL('**/account/second-factor');
    expect(await texts(page, '.app-nav a')).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add an authenticator app' }).click();
    await page.locator('#code').waitFor();
    await page.fill('#code', codeOf(await page.locator('main code').innerText()));
    await page.getByRole('button', { name: 'Add the second factor' }).click();
    await page.getByText('I have kept them').click();
    await page.waitForURL('**/queue');
    expect(await texts(page, '.app-nav a')).toContain('Your account');
  });
});
