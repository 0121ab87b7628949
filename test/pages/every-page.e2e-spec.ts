import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { keepVerification } from '#libs/audit/checkpoint-status.js';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { found } from '#libs/audit/finding.js';
import { verifyLogs } from '#libs/audit/verification.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MAIL_HAPPENINGS, MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { newUnsubscribeToken } from '#libs/mail/unsubscribing.js';
import { CalendarDrafts } from '#libs/rule-book/calendar-drafts.js';
import { describeInBrowser } from '../support/chromium.js';
import { HttpCase } from '../support/http-case.js';
import { dueMail } from '../support/mail-rows.js';
import { answerLinks } from '../support/answer-links.js';
import { requestForm } from '../support/request-form.js';
import { standingOffer } from '../support/standing-offer.js';
import { TestSystem } from '../support/system.js';
import { answered } from '../support/what-if-answer.js';
import { overflow, PHONE, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(300_000);

const CSS_LIMIT = 14 * 1024;
const FIRST_PAGE_LIMIT = 40 * 1024;

/** What each person can open; `:case` is a case in triage, `:calendar` and `:policy` a draft of each, `:job` an answered
 * question, `:answer` and the like what links in mails lead to, `:offered` a case that coordinator2 may take over, `:officer` a person
 * of an office, `:staff` somebody who works on cases, `:digest` what a digest is stopped by, `:mail` a mail that may not have arrived,
 * `:mine` a standing offer of legalaid. */
const PAGES: Record<string, string[]> = {
  '': [
    ...['/', '/sign-in', '/forgotten', '/forgotten/code?sent=yes', '/follow', '/follow/code'],
    ...['/welcome', '/welcome/ready', '/unsubscribe/:digest', '/dev/mail', '/nowhere'],
    ...['/answer/:answer', '/answer/:progress', '/answer/:over', '/answer/nothing'],
  ],
  'bravia-admin': ['/office', '/office/invite', '/office/:officer', '/office/:officer/disable', '/leave'],
  bravia: [
    '/requests',
    ...['', '/password', '/second-factor', '/tokens', '/mail', '/calendar', '/data'].map((page) => `/account${page}`),
    ...['', '/withdraw', '/exclude-party', '/answer', '/access', '/mail'].map((page) => `/cases/:case${page}`),
  ],
  coordinator: [
    '/queue',
    '/queue?queue=breached',
    '/queue?queue=paused',
    '/cases/:case',
    ...[
      'triage',
      'return',
      'suspend',
      'log-contact',
      'assign-owner',
      'hand-over',
      'exclude-party',
      'merge',
      'acknowledge',
    ].map((verb) => `/cases/:case/${verb}`),
    '/system',
    '/account/passkeys',
    '/forecast?hours=40',
    ...['', '/unknown', '/forecast?days=30', '/:mail', '/:mail/send-again', '/:mail/leave'].map(
      (page) => `/mail${page}`,
    ),
    '/cases/:case/mail',
    '/what-if',
    '/what-if/:job',
    '/cases/:case/replies',
    '/triage/mail',
  ],
  coordinator2: [
    '/queue?queue=handed_to_me',
    ...['', '/accept-hand-over', '/reject-hand-over'].map((page) => `/cases/:offered${page}`),
  ],
  legalaid: [
    ...['/invitations', '/queue', '/cases/:case'],
    ...['', '/new', '/:mine', '/:mine/edit'].map((page) => `/standing-offers${page}`),
  ],
  president: ['/queue', '/forecast'],
  admin: [
    ...['', '/new', '/:organisation'].map((page) => `/admin/organisations${page}`),
    ...['', '/invite', '/:officer', '/:officer/disable', '/:officer/enable'].map((page) => `/admin/people${page}`),
    '/admin/roles',
    '/admin/tokens',
    ...['', '?status=machine&language=ar', '/reminder', '/account_invitation', '/escalation/ar', '/breach/fr'].map(
      (page) => `/mail-templates${page}`,
    ),
    '/leave/:staff',
    ...['/system', '/admin/audit', '/admin/checkpoints', '/calendars', '/policies', '/what-if', '/what-if/:job'],
  ],
  lead: [
    '/leave',
    '/admin/audit?kind=opened',
    '/admin/checkpoints',
    '/cases/:case',
    '/cases/:case/break-glass',
    '/calendars',
    '/calendars/geneva',
    '/calendars/new',
    ...['', '/import', '/proposals?place=CH&from=2027&to=2027', '/publish'].map(
      (page) => `/calendars/drafts/:calendar${page}`,
    ),
    ...['', '/clocks/triage', '/clocks/new', '/publish'].map((page) => `/policies/drafts/:policy${page}`),
    ...['/policies', '/policies/1', '/policies/2', '/policies/2/apply?all=yes'],
    ...['/mail-rules', '/mail-rules/edit', '/mail-rules/versions/1', '/sequences', '/standing-offers/new'],
  ],
};

/** A draft of Geneva's next version that would be refused by nobody. */
async function calendarDraft({ dataSource }: TestSystem): Promise<string> {
  const lead = await dataSource.manager.findOneByOrFail(Person, { email: 'lead@demo.action48.test' });
  const { version: basedOn, ...calendar } = {
    ...GENEVA,
    specialHours: { '2027-12-24': [['09:00', '12:00']] as [string, string][] },
  };
  return new CalendarDrafts(dataSource).begin({ title: 'Geneva canton', basedOn, calendar, authorId: lead.id });
}

/** A draft of the policy, after a second version has been published. */
async function policyDraft(system: TestSystem): Promise<string> {
  const begin = async (): Promise<string> =>
    (await system.call('lead', 'POST', '/api/v1/policies/drafts', { basedOn: 1 })).body.id;
  await system.call('lead', 'POST', `/api/v1/policies/drafts/${await begin()}/publish`, { reason: 'To be read.' });
  return begin();
}

/** A case that its owner has offered to a colleague. */
async function offered(system: TestSystem): Promise<HttpCase> {
  const one = await HttpCase.after(system, 'take');
  const { id } = await system.dataSource.manager.findOneByOrFail(Person, { email: 'coordinator2@demo.action48.test' });
  await one.does('coordinator', 'hand-over', { to: id });
  return one;
}

/** A mail of a case with all that can have happened to one. */
async function unsureMail({ dataSource }: TestSystem, reference: string): Promise<string> {
  const { id: caseId } = await dataSource.manager.findOneByOrFail(AssistanceCase, { reference });
  const answer = '451 4.7.1 Greylisted; please try again in a few minutes, see https://mail.example.org/greylisting';
  const mail = {
    caseId,
    recipient: 'isu@demo.action48.test',
    state: 'unknown',
    attempts: 3,
    response: answer,
  } as const;
  const { id } = await dueMail(dataSource, mail);
  await dueMail(dataSource, { caseId, sequence: '2', heldFor: 'quiet', sendAfter: new Date(Date.now() + 86_400_000) });
  for (const happening of MAIL_HAPPENINGS)
    await dataSource.manager.insert(MailEvent, {
      ...{ mailId: id, at: new Date(), happening, attempt: 1, detail: answer, personId: null },
    });
  await dataSource.query(`DELETE FROM mail_event WHERE happening IN ('sent_again', 'left')`);
  return id;
}

/** A checkpoint, and a verification that has found something. */
async function checkpoints({ dataSource }: TestSystem): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  const key = generateKeyPairSync('ed25519').privateKey;
  await new Checkpointer(dataSource, { folder, key, origin: 'test/action48' }).make();
  const findings = [found('chain', 'CCM-A9-2026-0001', 'chainBreaks', { version: 3 })];
  await keepVerification(dataSource, { ...(await verifyLogs(dataSource)), findings });
  rmSync(folder, { recursive: true });
}

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
