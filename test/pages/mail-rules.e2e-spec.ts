import type { Page } from 'playwright-core';
import { advanceClock } from '#libs/case-store/product-time.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { describeInBrowser } from '../support/chromium.js';
import { dueMail } from '../support/mail-rows.js';
import { TestSystem } from '../support/system.js';
import { DESK, PHONE, texts, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(300_000);

const DAY = 86_400_000;
const path = (page: Page): string => new URL(page.url()).pathname;

describeInBrowser('rules of mail, sequences and standing offers in pages', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
  });
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const press = async (page: Page, name: string, to: RegExp) => {
    await page.getByRole('button', { name, exact: true }).last().click();
    await page.waitForURL(to);
  };
  const date = async (page: Page, field: string, value: Date) => {
    await page.locator(`#${field}-day`).fill(String(value.getUTCDate()));
    await page.locator(`#${field}-month`).fill(String(value.getUTCMonth() + 1));
    const year = page.locator(`#${field}-year`);
    if (await year.count()) await year.fill(String(value.getUTCFullYear()));
  };

  it('lets the lead add a quiet period, see what would change, say why, and publish', async () => {
    const always = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as never, from: '00:00', until: '24:00' };
    const reader = { timezone: 'Europe/Zurich', own: always };
    const waiting = await dueMail(system.dataSource, { reader, sendAfter: new Date(Date.now() + 3_600_000) });
    const page = await visitors.visitor('lead', DESK);
    await page.goto('/mail-rules');
    await page.getByRole('button', { name: 'Change the rules of mail' }).click();
    await page.locator('#title-2').fill('Retreat');
    await page.locator('#perDay').fill('3');
    await press(page, 'See what would change', /preview/);
    expect(await texts(page, '.govuk-error-summary a')).toEqual([
      'Row 3: write the first day as day and month that exist',
      'Row 3: write a last day that exists and is not before the first',
      'Write a whole number that is not below the one for an hour, and at most 10000',
    ]);
    expect(await page.locator('#title-2').inputValue()).toBe('Retreat');
    await page.locator('#perDay').fill('50');
    await date(page, 'from-2', new Date(Date.now() - DAY));
    await date(page, 'until-2', new Date(Date.now() + 2 * DAY));
    await press(page, 'One more quiet period', /preview/);
    expect(await page.locator('#title-3').count()).toBe(1);
    expect(await page.locator('#title-2').inputValue()).toBe('Retreat');
    await press(page, 'See what would change', /preview/);
    const changed = (await texts(page, '[aria-labelledby=changes]')).join(' ');
    expect(changed).toContain('Retreat: every year from');
    expect(changed).toContain('At most 10 in an hour and 50 in a day');
    expect(await texts(page, '[aria-labelledby=waiting] p')).toEqual([
      expect.stringContaining('Of these, 1 would go at another time.'),
    ]);
    expect((await texts(page, '[aria-labelledby=sequences] li'))[0]).toMatch(/would be mentioned after 14 days: \w/);
    await press(page, 'Publish', /publish/);
    expect(await texts(page, '.govuk-error-summary a')).toEqual(['Say why the rules change, in 1 to 2,000 characters']);
    await page.locator('#reason').fill('All are away.');
    await press(page, 'Publish', /published=2/);
    expect(await texts(page, '[role=status]')).toEqual([
      'Version 2 is published. 1 mail that waits goes at another time now.',
    ]);
    expect(await texts(page, '[aria-labelledby=versions] h3')).toEqual(['Version 2 in force', 'Version 1']);
    expect(await page.locator('td.is-holiday').count()).toBeGreaterThan(10);
    const moved = await system.dataSource.manager.findOneByOrFail(Mail, { id: waiting.id });
    expect(moved.heldFor).toBe('quiet');
    await page.goto('/mail-rules/versions/1');
    expect(await texts(page, 'h1')).toEqual(['Version 1']);
  });

  it('shows a coordinator the rules and every sequence, with what ends it, and no way to change them', async () => {
    const page = await visitors.visitor('coordinator', DESK);
    await page.goto('/mail-rules');
    expect(await page.getByRole('button', { name: 'Change the rules of mail' }).count()).toBe(0);
    await page.goto('/sequences');
    expect(await texts(page, '#drafts')).toEqual([expect.stringContaining('after 14 days without a change')]);
    const responder = (await texts(page, '#responder_answer')).join(' ');
    for (const said of ['5 working days before the deadline', 'on the day of the deadline', 'Stops with'])
      expect(responder).toContain(said);
    for (const clock of ['answer', 'heartbeat', 'follow_up', 'outcome_form'])
      expect(await page.locator(`#${clock}`).count()).toBe(1);
    expect((await page.goto('/mail-rules/edit'))?.status()).toBe(403);
  });

  it('lets a responder make an offer, renew it from a reminder on a phone, and withdraw it', async () => {
    const page = await visitors.visitor('legalaid', PHONE);
    await page.goto('/standing-offers');
    await page.getByRole('button', { name: 'Make an offer' }).click();
    await page.locator('#contactEmail').fill('nobody');
    await press(page, 'Make the offer', /new/);
    expect(await texts(page, '.govuk-error-summary a')).toHaveLength(9);
    for (const [name, value] of [
      ...[
        ['needTypes', 'drafting'],
        ['legalSystems', 'civil'],
        ['languages', 'fr'],
        ['modalities', 'remote'],
      ],
    ] as [string, string][])
      await page.locator(`input[name=${name}][value=${value}]`).check();
    for (const [name, value] of Object.entries({
      ...{ capacityPerYear: '3', leadTimeDays: '20', conditions: 'Travel is paid.' },
      ...{ contactName: 'Ana Lopes', contactEmail: 'ana@legalaid.test' },
    }))
      await page.locator(`#${name}`).fill(value);
    await date(page, 'validUntil', new Date(Date.now() + 100 * DAY));
    // By the keyboard: a group of States opens, and the next stop is its first State.
    const region = page.locator('#states summary', { hasText: 'African Group' });
    await region.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('group', { name: 'African Group' }).getByLabel('Bravia', { exact: true }).check();
    await press(page, 'Make the offer', /done=added/);
    const offer = path(page);
    const said = (await texts(page, '.app-facts')).join(' ');
    expect(said).toContain('ana@legalaid.test');
    expect(said).toMatch(/For whom (\w+), Bravia How/);
    expect(said).not.toContain('QMB');

    await page.goto(`${offer}/edit`);
    expect(await texts(page, '#states details[open] summary')).toEqual([
      expect.stringMatching(/^African Group \(2 of \d+ ticked\)$/),
    ]);
    expect((await texts(page, '#states-hint')).join()).toMatch(/Ticked so far: \w+, Bravia\./);
    await page.locator('#capacityPerYear').fill('5');
    await page.locator('#states details[open] input:checked').first().uncheck();
    await press(page, 'Save the changes', /done=changed/);
    expect((await texts(page, '.app-facts')).join(' ')).toMatch(/For whom Bravia How/);

    // The clock of the demonstration: reminders are written at once, and wait for the hours of their reader.
    const advance = (hours: number) => system.call('admin', 'POST', '/api/v1/demo/clock', { advance: `PT${hours}H` });
    for (let days = 0; days < 45; days += 15) await advance(15 * 24);
    const reminders = () => system.dataSource.manager.findBy(Mail, { kind: 'offer_renewal' });
    expect(await reminders()).toMatchObject([{ state: 'due', class: 'single', parameters: { path: offer } }]);
    await page.goto(offer);
    await press(page, 'Renew the offer', /done=renewed/);
    expect(await reminders()).toMatchObject([{ state: 'suppressed', response: 'the offer has been renewed' }]);

    const state = await visitors.visitor('bravia', DESK);
    await state.goto(offer);
    await state.goto('/standing-offers');
    expect((await texts(state, 'tbody tr')).join(' ')).toContain('Bravia');
    await state.goto(offer);
    const facts = (await texts(state, '.app-facts')).join(' ');
    expect(facts).toContain('Travel is paid.');
    expect(facts).not.toContain('ana@legalaid.test');
    expect(await state.locator('main form').count()).toBe(0);
    expect((await state.goto(`${offer}/edit`))?.status()).toBe(403);

    await advanceClock(system.dataSource.manager, 400 * DAY);
    await state.goto('/standing-offers');
    expect((await texts(state, 'tbody tr')).join(' ')).toContain('expired');
    await page.goto(offer);
    await page.getByText('Withdraw the offer').first().click();
    await press(page, 'Withdraw the offer', /done=withdrawn/);
    expect((await state.goto(offer))?.status()).toBe(404);
    expect((await state.goto('/standing-offers/new'))?.status()).toBe(404);
  });
});
