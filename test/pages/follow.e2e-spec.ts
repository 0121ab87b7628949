import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { mailedCode } from '../support/mailed-code.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { overflow, PHONE, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(90_000);

const submit = (page: Page) => page.locator('main form button.govuk-button').first().click();

describeInBrowser('a request followed from a telephone, without an account', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let page: Page;
  let reference = '';
  beforeAll(async () => {
    system = await TestSystem.start({ settings: { LOG_LEVEL: 'error' } });
    visitors = await Visitors.open(chromium, system.url);
    page = await visitors.visitor('', PHONE);
    reference = (await system.call('bravia', 'POST', '/api/v1/requests', requestForm())).body.reference;
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  it('begins on the sign-in page, and says what is missing beside each field', async () => {
    // As the link of a mail leads to it.
    await page.goto(`/cases/${reference}`);
    await page.getByRole('link', { name: 'Follow a request by its reference' }).click();
    await page.waitForURL(`**/follow?reference=${reference}`);
    expect(await page.inputValue('#reference')).toBe(reference);
    await page.fill('#reference', '');
    await page.fill('#email', 'focal');
    await submit(page);
    await page.locator('.govuk-error-summary').waitFor();
    expect(await texts(page, '.govuk-error-message')).toEqual([
      expect.stringContaining('Enter the reference of the request'),
      expect.stringContaining('Enter an e-mail address'),
    ]);
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it('goes on with the code of the mail, a wrong one first', async () => {
    await page.fill('#reference', reference);
    await page.fill('#email', 'focal@bravia.example.test');
    await submit(page);
    await page.waitForURL('**/follow/code');
    await page.fill('#code', 'AAAAAAAA');
    await submit(page);
    await page.locator('.govuk-error-summary').waitFor();
    expect((await texts(page, '.govuk-error-message')).join()).toContain('The code is not right');
    expect(await violations(page)).toEqual([]);
    await page.fill('#code', (await mailedCode(system.dataSource, 'sign_in_code', 'focal@bravia.example.test')) ?? '');
    await submit(page);
    await page.waitForURL(`**/cases/${reference}`);
    expect(await texts(page, '.app-nav a')).toEqual(['Your request', 'Inbox']);
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it('is withdrawn for the State, and left', async () => {
    await page.goto(`/cases/${reference}/withdraw`);
    await page.fill('#reason', 'Another way was found.');
    await submit(page);
    await page.waitForURL(`**/cases/${reference}?done=withdraw`);
    expect(await texts(page, '[role=status]')).toEqual(['Done: Withdraw the request']);
    await page.locator('.app-nav a').first().click();
    await page.waitForURL(`**/cases/${reference}`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${system.url}/`);
    await page.goto(`/cases/${reference}`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });
});
