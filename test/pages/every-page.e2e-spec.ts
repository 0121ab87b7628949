import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { Person } from '#libs/database/entities/person.entity.js';
import { newUnsubscribeToken } from '#libs/mail/unsubscribing.js';
import { describeInBrowser } from '../support/chromium.js';
import { answerLinks } from '../support/answer-links.js';
import { requestForm } from '../support/request-form.js';
import { standingOffer } from '../support/standing-offer.js';
import { TestSystem } from '../support/system.js';
import { answered } from '../support/what-if-answer.js';
import { overflow, PHONE, texts, violations, Visitors } from './browser.js';
import { calendarDraft, checkpoints, offered, policyDraft, toCall, unsureMail } from './page-things.js';
import { PAGES } from './pages.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(300_000);

const CSS_LIMIT = 14 * 1024;
const FIRST_PAGE_LIMIT = 40 * 1024;

/** Where an element begins and ends across the page, in CSS pixels. */
const box = async (page: Page, selector: string) => {
  const found = await page.locator(selector).first().boundingBox();
  if (!found) throw new Error(`nothing is shown at ${selector}`);
  return { start: found.x, end: found.x + found.width };
};

describeInBrowser('every page', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let reference = '';
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
    await system.step('coordinator', reference, 'acknowledge', { message: 'We have your request.' });
    await system.step('coordinator', reference, 'verify', { means: 'mission', evidence: 'Call of today.' });
    await system.step('coordinator', reference, 'take');
    await checkpoints(system);
    ids[':case'] = reference;
    ids[':offered'] = (await offered(system)).reference;
    await toCall(system, ids[':offered']);
    Object.assign(ids, await answerLinks(system));
    ids[':calendar'] = await calendarDraft(system);
    ids[':policy'] = await policyDraft(system);
    ids[':job'] = await answered(system);
    const idOf = async (mailbox: string) =>
      system.dataSource.manager.findOneByOrFail(Person, { email: `${mailbox}@demo.action48.test` });
    const officer = await idOf('bravia');
    Object.assign(ids, { ':officer': officer.id, ':organisation': officer.organisationId });
    ids[':digest'] = await newUnsubscribeToken(system.dataSource.manager, officer.id);
    ids[':staff'] = (await idOf('isu')).id;
    ids[':mail'] = await unsureMail(system, reference);
    ids[':mine'] = await standingOffer(system.dataSource);
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const everyPage = async (who: string, language: string, look: (page: Page) => Promise<unknown>) => {
    const page = await visitors.visitor(who, PHONE, language);
    const seen: Record<string, unknown> = {};
    for (const path of PAGES[who] ?? []) {
      await page.goto(path.replace(/:[a-z]+/, (name) => ids[name] ?? name));
      seen[path] = await look(page);
    }
    await page.context().close();
    return seen;
  };
  const none = (who: string, value: unknown) => Object.fromEntries((PAGES[who] ?? []).map((path) => [path, value]));

  it.each(Object.keys(PAGES))('fits a window of 320 pixels in English and in Russian, for “%s”', async (who) => {
    expect(await everyPage(who, 'en', overflow)).toEqual(none(who, 0));
    expect(await everyPage(who, 'ru', overflow)).toEqual(none(who, 0));
  });

  it.each(Object.keys(PAGES))('fits, is accessible and complains of nothing in Arabic, for “%s”', async (who) => {
    const look = async (page: Page) => ({
      wide: await overflow(page),
      // Nobody has answered anything yet.
      complaints: await texts(page, '.govuk-error-message:visible'),
      axe: await violations(page),
    });
    expect(await everyPage(who, 'ar', look)).toEqual(none(who, { wide: 0, complaints: [], axe: [] }));
  });

  it('is mirrored in Arabic: headings, cards, navigation and dates begin at the right', async () => {
    const page = await visitors.visitor('coordinator', PHONE, 'ar');
    await page.goto(`/cases/${reference}`);
    const main = await box(page, 'main');
    expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).direction')).toBe('rtl');
    const border = (side: string) =>
      page.evaluate(`parseFloat(getComputedStyle(document.querySelector('.app-card--key')).border${side}Width)`);
    expect([await border('Right'), await border('Left')]).toEqual([6, 1]);
    const [first, second] = [await box(page, '.app-nav li:nth-child(1)'), await box(page, '.app-nav li:nth-child(2)')];
    expect(first.start).toBeGreaterThan(second.start);
    const badge = await box(page, '.app-clocks .app-clock');
    expect(main.end - badge.end).toBeLessThan(badge.start - main.start);
    await page.goto(`/cases/${reference}/suspend`);
    const [day, year] = [await box(page, '#reviewOn-day'), await box(page, '#reviewOn-year')];
    expect(day.start).toBeGreaterThan(year.end);
  });

  it('needs no script and nothing from elsewhere, and is small', async () => {
    const page = await visitors.visitor('', PHONE);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/');
    expect(asked.filter((url) => !url.startsWith(system.url) && !url.startsWith('data:'))).toEqual([]);
    expect(await page.locator('script').count()).toBe(0);
    const sizes = await Promise.all(
      asked
        .filter((url) => url.startsWith(system.url))
        .map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_PAGE_LIMIT);
    for (const file of ['app.css', 'app.rtl.css']) {
      const css = await (await fetch(`${system.url}/assets/${file}`)).text();
      expect(gzipSync(css, { level: 9 }).length).toBeLessThanOrEqual(CSS_LIMIT);
    }
  });

  it('can be used from the keyboard: the first stop skips to the content, and focus is visible', async () => {
    const page = await visitors.visitor('coordinator', PHONE);
    await page.goto('/queue');
    await page.keyboard.press('Tab');
    const skip = page.locator('.govuk-skip-link');
    expect(await skip.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('Tab');
    const outline = await page.evaluate<string>(
      '(({ outlineStyle, boxShadow }) => outlineStyle + " " + boxShadow)(getComputedStyle(document.activeElement))',
    );
    expect(outline).not.toBe('none none');
  });
});
