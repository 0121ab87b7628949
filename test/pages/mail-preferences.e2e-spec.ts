import type { Page } from 'playwright-core';
import { Person } from '#libs/database/entities/person.entity.js';
import { newUnsubscribeToken, unsubscribePath } from '#libs/mail/unsubscribing.js';
import { describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';
import { PHONE, texts, Visitors } from './browser.js';

jest.setTimeout(300_000);

describeInBrowser('the mail that somebody wants, in their pages', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let coordinator: Person;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    visitors = await Visitors.open(chromium, system.url);
    const email = 'coordinator@demo.action48.test';
    coordinator = await system.dataSource.manager.findOneByOrFail(Person, { email });
  }, 120_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });
  const me = () => system.dataSource.manager.findOneByOrFail(Person, { id: coordinator.id });
  const press = async (page: Page, name: string) => {
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name }).click();
    await loaded;
  };

  it('is found from the account, chosen on a phone, and shown again', async () => {
    const page = await visitors.visitor('coordinator', PHONE);
    await page.goto('/account');
    await page.getByRole('link', { name: 'When you get mail' }).click();
    await page.waitForURL('**/account/mail');
    expect(await page.getByLabel('As is usual here: One digest a week').isChecked()).toBe(true);
    await page.getByLabel('One digest a day').check();
    for (const day of ['Monday', 'Wednesday']) await page.getByLabel(day).check();
    await page.getByLabel('Your hours begin at').fill('08:30');
    await page.getByLabel('Your hours end at').fill('12:00');
    await press(page, 'Save');
    expect((await texts(page, '[role=status]')).join()).toContain('Saved.');
    expect(await me()).toMatchObject({
      ...{ mailRhythm: 'daily', workDays: ['mon', 'wed'], workFrom: '08:30', workUntil: '12:00' },
    });
    for (const label of ['One digest a day', 'Monday', 'Wednesday'])
      expect(await page.getByLabel(label).isChecked()).toBe(true);
    expect(await page.getByLabel('Your hours begin at').inputValue()).toBe('08:30');
  });

  it('keeps what was typed when it cannot be taken, and says what is wrong at its field', async () => {
    const page = await visitors.visitor('coordinator', PHONE);
    await page.goto('/account/mail');
    await page.getByLabel('Your hours begin at').fill('noon');
    await press(page, 'Save');
    expect(await page.getByLabel('Your hours begin at').inputValue()).toBe('noon');
    expect((await texts(page, '#from-error')).join()).toContain('Write when your hours begin, such as 09:00.');
    expect((await me()).workFrom).toBe('08:30');
  });

  it('is stopped from a digest by a button, not by opening the page, and had again from the account', async () => {
    const address = unsubscribePath(await newUnsubscribeToken(system.dataSource.manager, coordinator.id));
    const page = await visitors.visitor('', PHONE);
    await page.goto(address);
    expect((await me()).mailRhythm).toBe('daily');
    await press(page, 'Stop digests');
    expect((await texts(page, '[role=status]')).join()).toContain('Digests are stopped.');
    expect((await me()).mailRhythm).toBe('off');
    const own = await visitors.visitor('coordinator', PHONE);
    await own.goto('/account/mail');
    expect(await own.getByLabel('Not at all').isChecked()).toBe(true);
    await own.getByLabel('One digest a week', { exact: true }).check();
    await press(own, 'Save');
    expect((await me()).mailRhythm).toBe('weekly');
  });

  it('is stopped by whoever is signed in, too', async () => {
    const address = unsubscribePath(await newUnsubscribeToken(system.dataSource.manager, coordinator.id));
    const page = await visitors.visitor('coordinator', PHONE);
    await page.goto(address);
    await press(page, 'Stop digests');
    expect((await me()).mailRhythm).toBe('off');
  });
});
