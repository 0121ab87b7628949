import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { eventually } from '../support/case-engine.js';
import { DESK, texts, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(300_000);

const SUBMIT = 'main form .govuk-button[type=submit]';
const path = (page: Page): string => new URL(page.url()).pathname;

describeInBrowser('the policy in pages', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let reference = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
  });
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const begin = async (page: Page): Promise<string> => {
    await page.goto('/policies');
    await page.getByRole('button', { name: 'Change the policy' }).click();
    return path(page);
  };
  const publish = async (page: Page, draft: string, reason: string) => {
    await page.goto(`${draft}/publish`);
    await page.locator('#reason').fill(reason);
    await page.locator(SUBMIT).click();
  };

  it('lets an administrator add a clock without code, and new requests run on it', async () => {
    const page = await visitors.visitor('admin', DESK);
    const draft = await begin(page);
    await page.goto(`${draft}/clocks/new`);
    await page.locator('#title').fill('Call the State');
    await page.locator('#target-n').fill('three');
    await page.locator(SUBMIT).click();
    expect(await texts(page, '.govuk-error-summary a')).toEqual([
      'Tick at least one event that starts the clock',
      'Tick at least one event that stops the clock; an internal note cannot',
      'Write a whole number of at least 1 and at most ten years, or choose a date',
    ]);
    expect(await page.locator('#title').inputValue()).toBe('Call the State');
    expect(await page.locator('#target-n').inputValue()).toBe('three');
    await page.locator('#target-n').fill('3');
    await page.locator('input[name=startsOn][value=opened]').check();
    await page.locator('input[name=stopsOn][value=contact_logged]').check();
    await page.locator(SUBMIT).click();
    expect(path(page)).toBe(draft);
    expect(await texts(page, '[aria-labelledby=changes] li')).toEqual(['Added: Call the State']);
    await publish(page, draft, 'States want to be called.');
    expect(path(page)).toBe('/policies/2');
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    const { body: view } = await system.call('coordinator', 'GET', `/api/v1/cases/${body.reference}`);
    const titles = view.clocks.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Call the State']));
  });

  it('says what a version changed, in words, and how many open cases go by each', async () => {
    const page = await visitors.visitor('coordinator', DESK);
    await page.goto('/policies');
    expect(await texts(page, 'tbody tr th')).toEqual(['Version 2 in force', 'Version 1']);
    expect(await texts(page, 'tbody tr td:last-child')).toEqual(['1', '1']);
    expect(await page.locator('.govuk-details__text li').allTextContents()).toEqual(['Added: Call the State']);
    expect(await page.getByRole('button', { name: 'Change the policy' }).count()).toBe(0);
    await page.goto('/policies/2');
    expect(await texts(page, '#call_the_state dd')).toEqual(
      expect.arrayContaining(['Request received', 'Contact logged', '3 working days, until the close of the day']),
    );
  });

  it('changes a clock, undoes it, and lets nobody overwrite what another has changed', async () => {
    const [first, second] = [await visitors.visitor('admin', DESK), await visitors.visitor('lead', DESK)];
    const draft = await begin(first);
    for (const page of [first, second]) await page.goto(`${draft}/clocks/triage`);
    await first.locator('#target-n').fill('4');
    await first.locator(SUBMIT).click();
    await second.locator('#title').fill('Triage, quickly');
    await second.locator(SUBMIT).click();
    expect((await texts(second, '.govuk-error-summary a'))[0]).toContain('has changed this draft meanwhile');
    expect(await second.locator('#title').inputValue()).toBe('Triage, quickly');
    await second.goto(draft);
    expect(await texts(second, '[aria-labelledby=changes] dt')).toEqual(['Time promised']);
    await second.locator('[aria-labelledby=changes] form button').click();
    expect(await texts(second, '[aria-labelledby=changes] dt')).toEqual([]);
    await second.goto(draft);
    await second.locator('#review_suspension, #suspension_review').getByRole('button', { name: 'Remove' }).click();
    expect(await texts(second, '.app-card--bad')).toEqual([expect.stringContaining('suspended')]);
    await publish(second, draft, 'Nobody suspends.');
    expect((await texts(second, '.govuk-error-summary'))[0]).toContain('leaves the stage suspended without a clock');
    await second.goto(draft);
    await second.getByText('Discard this draft').click();
    await second.getByRole('button', { name: 'Delete the draft' }).click();
    expect(path(second)).toBe('/policies');
  });

  it('puts chosen open cases on a version, after showing what changes, and tells it on their timelines', async () => {
    const lead = await visitors.visitor('lead', DESK);
    const draft = await begin(lead);
    await lead.goto(`${draft}/clocks/acknowledge`);
    await lead.locator('#target-n').fill('9');
    await lead.locator(SUBMIT).click();
    await publish(lead, draft, 'More time.');
    await lead.goto('/policies/3/apply');
    await lead.locator('main form[method=post] .govuk-button').click();
    expect(await texts(lead, '.govuk-error-summary a')).toHaveLength(2);
    await lead.locator(`input[value="${reference}"]`).check();
    await lead.locator('#reason').fill('Everybody shall have it.');
    await lead.locator('main form[method=post] .govuk-button').click();
    expect((await texts(lead, 'dl.app-facts dd'))[0]).toMatch(/^Acknowledge the request: due .* instead of /);
    await lead.getByRole('button', { name: 'Put them on this version' }).click();
    await lead.waitForURL(/sent=1/);
    await eventually(async () => {
      await lead.goto(lead.url());
      return (await texts(lead, '[role=status]'))[0]?.startsWith('1 of 1 cases') ?? false;
    });
    await lead.goto(`/cases/${reference}`);
    const timeline = (await texts(lead, '.app-timeline')).join(' ');
    expect(timeline).toContain('Goes by another version of the policy');
    expect(timeline).toContain('Everybody shall have it.');
    const { body } = await system.call('bravia', 'GET', `/api/v1/cases/${reference}/timeline`);
    expect(body.items.length).toBeGreaterThan(0);
  });

  it('gives a version as a file, and takes a file in as a draft; what is no policy is refused with the reason', async () => {
    const lead = await visitors.visitor('lead', DESK);
    await lead.goto('/policies/2');
    const [download] = await Promise.all([
      lead.waitForEvent('download'),
      lead.getByRole('link', { name: 'Download as a file' }).click(),
    ]);
    const file = readFileSync((await download.path()) ?? '', 'utf8');
    const take = async (text: string) => {
      await lead.goto('/policies');
      await lead.getByText('Take in a file').click();
      await lead.locator('#file').fill(text);
      await lead.getByRole('button', { name: 'Make a draft of it' }).click();
    };
    await take(file.replace('"call_the_state"', '"Call The State"'));
    expect((await texts(lead, '.govuk-error-summary a'))[0]).toMatch(/cannot be used.*must be like this: first_call/);
    await take(file);
    expect(path(lead)).toMatch(/^\/policies\/drafts\//);
    expect(await texts(lead, '[aria-labelledby=changes] p')).toEqual(['Nothing is different.']);
  });

  it('is for those alone whom it concerns', async () => {
    const asked = async (who: string, method: string, address: string, body?: object) =>
      (await system.call(who, method, `/api/v1/policies${address}`, body, { 'Idempotency-Key': 'one' })).status;
    for (const who of ['bravia', 'legalaid', 'president'])
      for (const [method, address, body] of [
        ['GET', ''],
        ['GET', '/1'],
        ['POST', '/drafts', { basedOn: 1 }],
        ['POST', '/1/apply', { cases: [reference], reason: 'Mine.' }],
      ] as const)
        expect({ who, address, status: await asked(who, method, address, body) }).toEqual({
          who,
          address,
          status: 404,
        });
    for (const who of ['coordinator', 'isu', 'lead', 'admin']) expect(await asked(who, 'GET', '/1')).toBe(200);
    for (const who of ['coordinator', 'isu']) expect(await asked(who, 'POST', '/drafts', { basedOn: 1 })).toBe(403);
    for (const who of ['coordinator', 'isu', 'admin'])
      expect(await asked(who, 'POST', '/1/apply', { cases: [reference], reason: 'Mine.' })).toBe(403);
    expect(await asked('', 'GET', '')).toBe(401);
  });
});
