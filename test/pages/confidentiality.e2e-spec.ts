import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { CANARY_FORM } from '../support/form-letters.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, PHONE, texts, violations, Visitors } from './browser.js';

const REASON = 'The State has complained to the President.';
const CONTACT = CANARY_FORM.focalPoint.email;

describeInBrowser('the pages and what is confidential', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    one = await HttpCase.after(system, 'agree-plan', CANARY_FORM);
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const address = (part = '') => `/cases/${one.reference}${part}`;
  const open = async (who: string, part = '', width = DESK, language = 'en'): Promise<Page> => {
    const page = await visitors.visitor(who, width, language);
    await page.goto(address(part));
    return page;
  };

  it('let the lead open what is restricted with a reason, and tell the State at once who has, why and until when', async () => {
    const page = await open('lead');
    expect(await page.content()).not.toContain(CONTACT);
    await page.getByRole('link', { name: 'Restricted: open with a reason' }).click();
    await page.waitForURL(/break-glass$/);
    await page.getByLabel('Reason').fill('Curious.');
    await page.getByRole('button', { name: 'Open for 24 hours' }).click();
    await page.waitForURL(/break-glass$/);
    const [said] = await texts(page, '.govuk-error-summary__list a');
    expect(said).toBe('Reason: write 20 to 4000 characters; you have 8');
    await page.getByLabel('Reason').fill(REASON);
    await page.getByRole('button', { name: 'Open for 24 hours' }).click();
    await page.waitForURL(/done=break-glass$/);
    expect(await page.content()).toContain(CONTACT);
    expect(await page.locator('main').innerText()).toContain('What is restricted stands open to you until');
    await page.context().close();

    const state = await open('bravia');
    const entry = state.locator('.app-timeline li', { hasText: 'The lead opens what is restricted' });
    const words = await entry.innerText();
    for (const part of [REASON, 'Demo Coordinator Lead', 'until']) expect(words).toContain(part);
    await state.getByRole('link', { name: 'Who has looked at this request' }).click();
    await state.waitForURL(/access$/);
    const rows = await texts(state, 'tbody tr');
    const lead = rows.filter((row) => row.includes('Demo Coordinator Lead'));
    expect(lead.some((row) => row.includes('opened with a reason') && row.includes('contacts and everything'))).toBe(
      true,
    );
    // Both zones: Geneva's and the capital's.
    expect(lead[0]).toMatch(/Geneva.*Lusaka/);
    const [download] = await Promise.all([
      state.waitForEvent('download'),
      state.getByRole('link', { name: 'Download all of it (CSV)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('access.csv');
    await state.context().close();
  });

  it.each([
    ['helvia', '', true],
    ['helvia', '/clocks/responder_answer', true],
    ['legalaid', '', false],
    ['coordinator', '', false],
    ['bravia', '', false],
  ])('remind whoever acts for another State of confidentiality: %s at “%s”', async (who, part, reminded) => {
    const page = await open(who, part);
    const sentence = 'You act for Helvia; this request is made by Bravia. Treat it as confidential.';
    expect(await page.locator('main', { hasText: sentence }).count()).toBe(reminded ? 1 : 0);
    await page.context().close();
  });

  it.each([
    ['bravia', '/access'],
    ['isu', '/access'],
    ['helvia', ''],
    ['lead', ''],
  ])('fit a small window and are accessible in Arabic: %s at “%s”', async (who, part) => {
    const page = await open(who, part, PHONE, 'ar');
    expect([await overflow(page), await violations(page)]).toEqual([0, []]);
    await page.context().close();
  });
});
