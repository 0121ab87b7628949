import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { describeInBrowser } from '../support/chromium.js';
import { HttpCase } from '../support/http-case.js';
import { dueMail, mailRow } from '../support/mail-rows.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, texts, Visitors } from './browser.js';

const SILENCE = 'the server said nothing after the final dot';

describeInBrowser('the pages of the ledger of mails', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let one: HttpCase;
  let mail: Mail;
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    one = await HttpCase.after(system, 'circulate');
    const { manager } = system.dataSource;
    const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference: one.reference });
    mail = await dueMail(system.dataSource, {
      ...{ caseId, kind: 'reminder', recipient: 'helvia@demo.action48.test', recipientName: 'Helvia', sequence: 'r:1' },
      ...{ state: 'unknown', attempts: 1, response: SILENCE, cause: 'reminder_due' },
      parameters: {
        ...{ reference: one.reference, stage: 'Circulated', timezone: 'Europe/Zurich', path: '/' },
        clock: { name: 'responder_answer', title: 'Answer of the responder' },
      },
    });
    const tried = { mailId: mail.id, at: new Date(), attempt: 1, detail: SILENCE, personId: null };
    await manager.insert(MailEvent, { ...tried, happening: 'unknown' });
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const open = async (who: string, path: string, language = 'en'): Promise<Page> => {
    const page = await visitors.visitor(who, DESK, language);
    await page.goto(path);
    return page;
  };

  it('lead from the queue to what is to be decided; of two people who decide, the second is told kindly', async () => {
    const page = await open('coordinator', '/queue');
    await page.getByRole('link', { name: 'Mails to decide on: 1' }).click();
    await page.waitForURL(/\/mail\/unknown$/);
    const [row] = await texts(page, 'tbody tr');
    for (const part of ['your answer is awaited', 'Helvia', 'Outcome unknown', SILENCE]) expect(row).toContain(part);
    await page.getByRole('link', { name: /^Send again/ }).click();
    await page.waitForURL(/send-again$/);
    const other = await open('lead', `/mail/${mail.id}/leave`);

    await page.getByRole('button', { name: 'Send the mail again' }).click();
    await page.waitForURL(/send-again$/);
    expect(await texts(page, '.govuk-error-summary__list a')).toEqual(['Say why, in at most 2,000 characters.']);
    expect((await mailRow(system.dataSource, mail)).state).toBe('unknown');
    await page.getByLabel('Reason').fill('They say that nothing came.');
    await page.getByRole('button', { name: 'Send the mail again' }).click();
    await page.waitForURL(/done=sent_again$/);
    expect(await page.locator('main').innerText()).toContain('The mail goes out once more.');
    const history = (await texts(page, 'ol li')).join(' ');
    for (const part of [
      'Nobody knows whether it arrived',
      'To be sent again, by decision',
      'They say that nothing came.',
    ])
      expect(history).toContain(part);
    expect(await mailRow(system.dataSource, mail)).toMatchObject({ state: 'due', messageId: mail.messageId });

    await other.getByLabel('Reason').fill('No need.');
    await other.getByRole('button', { name: 'Leave the mail as it is' }).click();
    await other.waitForURL(/leave$/);
    expect((await texts(other, '.govuk-error-summary__list a')).join()).toMatch(
      /Somebody has decided on this mail meanwhile: .*Coordinator/,
    );
  });

  it('show on the case every mail with its history folded, and what is to come, in the language of the reader', async () => {
    const page = await open('coordinator', `/cases/${one.reference}`, 'fr');
    await page.getByRole('link', { name: 'Courriels de ce dossier' }).click();
    await page.waitForURL(/\/mail$/);
    const words = await page.locator('main').innerText();
    for (const part of ['Courriels à venir', 'Si personne n’agit, dans les 14 jours']) expect(words).toContain(part);
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await overflow(page)).toBe(0);
  });

  it('show somebody of a responder their own mails alone, and nothing to decide or to come', async () => {
    const page = await open('helvia', `/cases/${one.reference}/mail`);
    const rows = await texts(page, 'tbody tr');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain('helvia@demo.action48.test');
    const words = await page.locator('main').innerText();
    expect(words).not.toContain('Mails to come');
    expect(words).not.toContain('Send again');
    expect((await page.goto('/mail'))?.status()).toBe(404);
  });

  it('count by state with links, and give exactly what is found as a file', async () => {
    const page = await open('isu', `/mail?reference=${one.reference}&recipient=helvia`);
    const shown = await texts(page, 'tbody tr');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV of everything found' }).click(),
    ]);
    const file = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(file).toHaveLength(shown.length + 1);
    await page.getByRole('link', { name: /^Waiting to be sent/ }).click();
    await page.waitForURL(/state=due/);
    expect((await texts(page, 'tbody tr')).every((row) => row.includes('Waiting to be sent'))).toBe(true);
  });

  it('foretell for all cases or one, by day and recipient, with the mails of each day', async () => {
    const page = await open('isu', '/mail/forecast?days=30');
    await page.getByLabel('Reference').fill(one.reference);
    await page.getByLabel('Days ahead').fill('60');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/days=60/);
    expect(await page.locator('progress').count()).toBeGreaterThan(0);
    const rows = await texts(page, '.app-table--cards tbody tr');
    expect(rows.some((row) => row.includes('your answer is awaited') && row.includes('still to be owed'))).toBe(true);
    expect(await page.locator('main').innerText()).toContain(
      'Reminders of drafts and of standing offers hang on no case',
    );
  });

  it('show a digest as one mail to come, with what it gathers folded, and the draft whose author is reminded', async () => {
    const { manager } = system.dataSource;
    const sendAfter = new Date(Date.now() + 3 * 86_400_000);
    const gathered = { class: 'digest', heldFor: 'digest', recipient: 'lead@demo.action48.test', sendAfter } as const;
    for (const kind of ['plan', 'dormant'])
      await dueMail(system.dataSource, { ...gathered, kind, caseId: mail.caseId ?? '', party: 'L1', cause: 'planned' });
    const author = await manager.findOneByOrFail(Person, { email: 'dunya@demo.action48.test' });
    const draft = { id: randomUUID(), personId: author.id, answers: {}, reference: null };
    await manager.insert(RequestDraft, { ...draft, updatedAt: new Date(Date.now() - 10 * 86_400_000) });

    const page = await open('admin', '/mail/forecast?days=30');
    const summary = page.getByText('Digest with 2 items');
    expect(await summary.count()).toBe(1);
    const items = page.locator('details').filter({ has: summary }).locator('li');
    expect(await items.first().isVisible()).toBe(false);
    await summary.click();
    expect(await items.count()).toBe(2);
    expect(await items.first().isVisible()).toBe(true);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overflow(page)).toBe(0);
    const rows = await texts(page, '.app-table--cards tbody tr');
    expect(rows.some((row) => row.includes('dunya@demo.action48.test') && row.includes('about an account'))).toBe(true);
    await page.goto(`/mail/forecast?reference=${one.reference}`);
    expect(await page.getByText('Digest with 2 items of this case').count()).toBe(1);
  });
});
