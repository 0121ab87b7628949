import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, PHONE, signIn, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(90_000);

const NEED = 'A draft bill of some years ago must be brought in line with the penal code. '.repeat(4);

/** What a focal point answers, page by page; the first try describes the need too briefly. */
const ANSWERS: Record<string, (page: Page) => Promise<void>> = {
  who: async (page) => {
    await page.fill('#leadMinistry', 'Ministry of Defence');
    await page.check('#language-3');
    await page.check('#article9SelfAssessment-3');
  },
  contacts: async (page) => {
    await page.fill('#focalPoint-name', 'Mwila Banda');
    await page.fill('#focalPoint-email', 'focal@bravia.example.test');
    await page.fill('#alternateContact-name', 'Chanda Phiri');
    await page.fill('#alternateContact-email', 'alternate@bravia.example.test');
    await page.fill('#missionContact-name', 'Mutale Zulu');
    await page.fill('#missionContact-email', 'mission@bravia.example.test');
    await page.check('#missionContact-city');
  },
  need: async (page) => {
    await page.check('#needTypes-2');
    await page.fill('#needDescription', NEED);
    await page.fill('#expectedResult', 'A bill with penal sanctions that can go before parliament.');
    await page.fill('#beneficiaryBodies', 'Parliament\nMinistry of Justice');
  },
  law: async (page) => {
    await page.check('#legalSystems');
    await page.check('#treatyEffect-2');
    await page.fill('#existingLaws', 'Explosives Act, 1998, https://laws.bravia.example.test/1998');
  },
  profile: async (page) => {
    const flags = ['stockpile', 'contamination', 'productionHistory', 'foreignForces', 'hostsTransit'];
    for (const flag of [...flags, 'financialCentre']) await page.check(`#profileFlags-${flag}-2`);
  },
  how: async (page) => {
    await page.check('#modalities');
    await fillDate(page, 'targetDates-earliest', '15', '1', '2027');
    await fillDate(page, 'targetDates-neededBy', '30', '9', '2027');
    await page.check('#funding-kind');
  },
  confidentiality: async (page) => {
    await page.check('#circulationConsent-4');
    await page.check('#publicSummaryConsent');
  },
};

async function fillDate(page: Page, id: string, ...parts: string[]): Promise<void> {
  for (const [index, part] of ['day', 'month', 'year'].entries()) await page.fill(`#${id}-${part}`, parts[index] ?? '');
}

const next = (page: Page) => page.locator('main form button.govuk-button').first().click();

describeInBrowser('the request form, without JavaScript', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let page: Page;
  let draft = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    page = await visitors.visitor('', PHONE);
  }, 120_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  it('starts from the start page, and asks to sign in on the way', async () => {
    await page.goto('/');
    await page.locator('a.govuk-button--start').click();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.locator('#email').fill('bravia@demo.action48.test');
    await page.locator('#password').fill('wrong');
    await page.locator('main button[type=submit]').click();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('#email').inputValue()).toBe('bravia@demo.action48.test');
    await page.locator('#password').fill('action48-demo');
    await page.locator('main button[type=submit]').click();
    expect(page.url()).toContain('/requests/drafts/');
    draft = new URL(page.url()).pathname;
  });

  it('lists its parts, none begun, and cannot be sent yet', async () => {
    expect(await texts(page, '.govuk-task-list__status')).toEqual([
      ...Object.keys(ANSWERS).map(() => 'Not yet started'),
      'Cannot start yet',
    ]);
    expect(await violations(page)).toEqual([]);
  });

  it('says what is wrong with a number, links to it, and keeps what was typed', async () => {
    await page.goto(`${draft}/need`);
    await page.fill('#needDescription', 'x'.repeat(64));
    await next(page);
    expect(await page.title()).toMatch(/^Error: /);
    const summary = await texts(page, '.govuk-error-summary li');
    expect(summary).toContain('Describe the need: write 200 to 4000 characters; you have 64');
    expect(await page.locator('#needDescription').inputValue()).toHaveLength(64);
    for (const link of await page.locator('.govuk-error-summary a').all())
      expect(await page.locator((await link.getAttribute('href')) ?? '').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await page.goto(draft);
    expect(await texts(page, '.govuk-task-list__status')).toContain('In progress');
  });

  it('refuses on its own page an excluded party that names nobody', async () => {
    await page.goto(`${draft}/confidentiality`);
    await page.fill('#excludedParties', 'Nowhereland');
    await next(page);
    expect((await texts(page, '.govuk-error-summary li')).join()).toContain('Nowhereland is not known here');
    await page.fill('#excludedParties', '');
    await next(page);
  });

  it('refuses a needed-by date before the earliest one', async () => {
    await page.goto(`${draft}/how`);
    await fillDate(page, 'targetDates-earliest', '15', '1', '2027');
    await fillDate(page, 'targetDates-neededBy', '14', '1', '2027');
    await next(page);
    expect(await texts(page, '.govuk-error-summary li')).toContain('Needed by: must not be before the earliest date');
  });

  it('can be left and taken up again from the list of requests', async () => {
    await page.goto(`${draft}/who`);
    await page.fill('#leadMinistry', 'Ministry of Defence');
    await page.locator('button[name=then]').click();
    expect(new URL(page.url()).pathname).toBe('/requests');
    await page.locator('a[href^="/requests/drafts/"]').first().click();
    await page.goto(`${draft}/who`);
    expect(await page.locator('#leadMinistry').inputValue()).toBe('Ministry of Defence');
  });

  it.each(Object.keys(ANSWERS))('takes the answers of the part “%s”', async (part) => {
    await page.goto(`${draft}/${part}`);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await ANSWERS[part]?.(page);
    await next(page);
    expect(await texts(page, '.govuk-error-summary li')).toEqual([]);
    expect(new URL(page.url()).pathname).toBe(draft);
  });

  it('shows every answer again, and is sent only with the declaration', async () => {
    expect(await texts(page, '.govuk-task-list__status')).not.toContain('In progress');
    await page.goto(`${draft}/check`);
    expect((await texts(page, 'main')).join()).toContain('Fri 15 Jan 2027');
    expect(await violations(page)).toEqual([]);
    await next(page);
    expect(await texts(page, '.govuk-error-summary li')).toContain('Choose an answer: Declaration');
    await page.fill('#declaration-name', 'Mwila Banda');
    await page.fill('#declaration-title', 'Legal adviser');
    await page.check('#declaration-agreed');
    await next(page);
  });

  it('ends with a reference and with what happens next, by when', async () => {
    expect(await page.locator('.govuk-panel').innerText()).toMatch(/CCM-A9-\d{4}-\d{4}/);
    expect(await page.locator('main time').count()).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    const reference = /CCM-A9-\d{4}-\d{4}/.exec(await page.locator('.govuk-panel').innerText())?.[0];
    const { body } = await system.call('bravia', 'GET', `/api/v1/cases/${reference}`);
    expect(body.request).toMatchObject({
      existingLaws: [{ title: 'Explosives Act', year: 1998, url: 'https://laws.bravia.example.test/1998' }],
      profileFlags: { stockpile: 'no', financialCentre: 'no' },
      targetDates: { earliest: '2027-01-15', neededBy: '2027-09-30' },
    });
  });

  it('cannot be opened by somebody else', async () => {
    const other = await visitors.visitor('', DESK);
    await signIn(other, 'aurelia@demo.action48.test', 'action48-demo');
    expect((await other.goto(`${draft}/who`))?.status()).toBe(404);
  });
});
