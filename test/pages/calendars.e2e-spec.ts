import type { Page } from 'playwright-core';
import { DELIVERED_TITLES } from '#libs/rule-book/calendar-titles.js';
import { describeInBrowser } from '../support/chromium.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, PHONE, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(120_000);

const GREEN = 'main button.govuk-button:not(.govuk-button--secondary)';
const FILE = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20280310', 'DTEND;VALUE=DATE:20280312'],
  ...['SUMMARY:Eid al-Fitr', 'END:VEVENT', 'END:VCALENDAR', ''],
].join('\r\n');

describeInBrowser('the pages of calendars', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let lead: Page;
  let draft = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    lead = await visitors.visitor('lead', DESK);
    await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });
  const go = (page: Page) => page.locator(GREEN).first().click();
  const path = (page: Page): string => new URL(page.url()).pathname;

  it('show every calendar, and a coordinator has no button to change one', async () => {
    const coordinator = await visitors.visitor('coordinator', PHONE);
    await coordinator.goto('/queue');
    await coordinator.locator('.app-nav a', { hasText: 'Calendars' }).click();
    expect(await texts(coordinator, 'tbody th')).toEqual(Object.values(DELIVERED_TITLES));
    await coordinator.locator('tbody a').first().click();
    expect(await texts(coordinator, 'h1')).toEqual(['Geneva canton']);
    expect(await coordinator.locator('main button').count()).toBe(0);
    await coordinator.goto('/calendars/geneva?year=2027');
    expect(await texts(coordinator, '#year ~ table th[scope=row]')).toContain('Fri 26 Mar 2027');
    expect(await coordinator.locator('.app-month').count()).toBe(12);
    expect((await texts(coordinator, '.app-month >> nth=2 >> td.is-holiday')).join()).toBe('26 holiday,29 holiday');
    await coordinator.context().close();
  });

  it('say at each field of a draft what is wrong, in which line, and keep what was typed', async () => {
    await lead.goto('/calendars/geneva');
    await go(lead);
    draft = path(lead);
    await lead.fill('#timezone', 'Europe/Genf');
    await lead.fill('#holidays', '2027-03-26 Good Friday\n27.3.2027');
    await go(lead);
    expect(await texts(lead, '.govuk-error-summary li')).toEqual([
      'Line 2: “27.3.2027” does not begin with a date. Write it like this: 2027-03-26 Good Friday',
      '“Europe/Genf” is no time zone. Write one like this: Europe/Zurich or Africa/Lusaka',
    ]);
    expect(await lead.locator('#holidays').inputValue()).toContain('27.3.2027');
    expect(await violations(lead)).toEqual([]);
  });

  it('refuse a broken file with the reason, and show the days of a good one before they are added', async () => {
    await lead.goto(`${draft}/import`);
    await lead.fill('#ics', 'BEGIN:VCALENDAR\nBEGIN:VEVENT');
    await go(lead);
    expect((await texts(lead, '.govuk-error-summary li')).join()).toMatch(
      /^This is no calendar that can be read.*did not end/,
    );
    await lead.fill('#ics', '');
    await lead.fill('#to', '2028');
    await lead.setInputFiles('#file', { name: 'un.ics', mimeType: 'text/calendar', buffer: Buffer.from(FILE) });
    await go(lead);
    expect(await texts(lead, 'tbody label')).toEqual(['Fri 10 Mar 2028', 'Sat 11 Mar 2028']);
    await lead.uncheck('#day-2');
    await go(lead);
    expect(await texts(lead, '[role=status]')).toEqual(['1 day is added to the draft.']);
    expect(await lead.locator('#holidays').inputValue()).toContain('2028-03-10 Eid al-Fitr');
    expect(await lead.locator('#holidays').inputValue()).not.toContain('2028-03-11');
  });

  it('propose holidays, of which none is added that nobody ticked', async () => {
    await lead.goto(`${draft}/proposals?place=QMA&from=2031&to=2031`);
    expect((await texts(lead, '.govuk-error-summary li')).join()).toContain('does not know “QMA”');
    await lead.goto(`${draft}/proposals?place=CH-GE&from=2031&to=2031`);
    expect(await lead.locator('tbody input:checked').count()).toBe(0);
    await lead.getByLabel('Fri 11 Apr 2031').check();
    await lead.locator(GREEN).last().click();
    expect(await lead.locator('#holidays').inputValue()).toContain('2031-04-11 Good Friday');
    expect(await lead.locator('#holidays').inputValue()).not.toContain('2031-04-14');
  });

  it('let nobody overwrite what somebody else has saved meanwhile', async () => {
    const admin = await visitors.visitor('admin', DESK);
    await admin.goto(draft);
    await lead.goto(draft);
    await admin.fill('#specialHours', '2027-12-24 09:00-12:00');
    await admin.locator('main button', { hasText: 'Save the draft' }).click();
    await lead.fill('#specialHours', '2027-12-24 closed');
    await go(lead);
    expect((await texts(lead, '.govuk-error-summary li')).join()).toMatch(/^Demo Administrator has saved this draft/);
    await lead.goto(draft);
    expect(await lead.locator('#specialHours').inputValue()).toBe('2027-12-24 09:00-12:00');
    await admin.context().close();
  });

  it('publish with a reason; after it, open cases look at their clocks again', async () => {
    await lead.goto(draft);
    await go(lead);
    expect((await texts(lead, '#changes ~ ul li')).join(' | ')).toBe(
      'Holiday added: Fri 10 Mar 2028 · Eid al-Fitr | Holiday added: Fri 11 Apr 2031 · Good Friday | ' +
        'Special hours: Fri 24 Dec 2027: as in every week → 09:00-12:00',
    );
    expect(await lead.locator(`a[href="/what-if?draft=${draft.split('/').at(-1)}"]`).count()).toBe(1);
    await lead.fill('#from', '2020-01-01 00:00');
    await go(lead);
    expect(await texts(lead, '.govuk-error-summary li')).toEqual([
      'This lies in the past, and what is counted stays counted. Leave it empty to begin at once.',
      'Say why, for whoever looks at this version later.',
    ]);
    await lead.fill('#from', '');
    await lead.fill('#reason', 'The list of the Director-General.');
    await go(lead);
    expect((await texts(lead, '[role=status]')).join()).toMatch(
      /^Version 2 is published\. (1 open case looks|No open case)/,
    );
    expect((await texts(lead, '.app-timeline li')).join()).toContain('Reason: The list of the Director-General.');
    expect((await system.call('lead', 'GET', draft)).status).toBe(404);
  });

  it('say when another version was published meanwhile, what it would undo, and go on from it', async () => {
    await lead.goto('/calendars/geneva');
    await go(lead);
    const { body } = await system.call('lead', 'GET', '/api/v1/calendars/geneva');
    const { id: _id, version: basedOn, ...calendar } = body.versions.at(-1).calendar;
    const sent = {
      ...{ basedOn, title: 'Geneva canton', reason: 'Moon.' },
      calendar: { ...calendar, holidays: [...calendar.holidays, '2028-03-11'] },
    };
    expect((await system.call('admin', 'POST', '/api/v1/calendars/geneva/versions', sent)).status).toBe(201);
    await go(lead);
    expect((await texts(lead, '#stale')).join()).toContain('Version 3 has been published since this draft was made.');
    expect((await texts(lead, '#changes ~ ul li')).join()).toBe('Holiday taken away: Sat 11 Mar 2028');
    await lead.fill('#reason', 'Again.');
    await go(lead);
    expect((await texts(lead, '.govuk-error-summary li')).join()).toMatch(/^Version 3 has been published meanwhile/);
    await lead.locator('main button', { hasText: 'Go on from version 3' }).click();
    expect(await lead.locator('#stale').count()).toBe(0);
    await lead.goto(path(lead).replace('/publish', ''));
    await lead.locator('button', { hasText: 'Discard this draft' }).click();
    expect(await texts(lead, '#drafts')).toEqual([]);
  });

  it('make a calendar for a State with its zone and its weekend, and publish it', async () => {
    await lead.goto('/calendars/new');
    await go(lead);
    expect(await texts(lead, '.govuk-error-summary li')).toEqual(['Choose a State from the list.']);
    await lead.selectOption('#state', 'QMD');
    await go(lead);
    expect(await lead.locator('#timezone').inputValue()).toBe('Asia/Baghdad');
    const hours = await Promise.all(['thu', 'fri', 'sat', 'sun'].map((day) => lead.locator(`#${day}`).inputValue()));
    expect(hours).toEqual(['09:00-17:00', '', '', '09:00-17:00']);
    await go(lead);
    await lead.fill('#reason', 'Asked by the mission.');
    await go(lead);
    expect(path(lead)).toBe('/calendars/state-qmd');
    expect(await texts(lead, 'h1')).toEqual(['Dunya']);
    expect(await overflow(lead)).toBe(0);
  });
});
