import { chromium as playwright } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Config } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { MailComposer } from '#libs/mail/composer.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { chromiumArgs, describeInBrowser } from '../support/chromium.js';
import { HttpCase } from '../support/http-case.js';
import { answerTokens, mailedAnswer, read } from '../support/mailed-answer.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { TestSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { overflow, PHONE, texts, violations } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(300_000);

const HELVIA = 'helvia@demo.action48.test';
const ANSWERS = ['interested', 'decline', 'time', 'question', 'pass_on'];

describeInBrowser('answering a mail by its link, in a browser', (executablePath) => {
  let system: TestSystem;
  let browser: Browser;
  let sink: SmtpSink;
  beforeAll(async () => {
    system = await TestSystem.start();
    sink = await SmtpSink.start();
    browser = await playwright.launch({ executablePath, args: chromiumArgs });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sink?.stop();
    await system?.stop();
  });

  /** A phone that has never been here; it says that it speaks English. */
  const phone = async (width: number, options: BrowserContextOptions = {}): Promise<Page> => {
    const viewport = { width, height: 740 };
    const context = await browser.newContext({ baseURL: system.url, javaScriptEnabled: false, viewport, ...options });
    return context.newPage();
  };
  const statusOf = async (one: HttpCase) => (await one.seenBy('helvia')).invitations[0];

  /** The reminder of a case to Helvia, sent to a mail server and read there. */
  const reminderOf = async ({ reference }: HttpCase) => {
    const { manager } = system.dataSource;
    const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference });
    await system.call('admin', 'POST', '/api/v1/demo/clock', { advance: 'P16D' });
    const row = await until('a reminder is written', () =>
      manager.findOneBy(Mail, { caseId, kind: 'reminder', recipient: HELVIA }),
    );
    const transport = smtpTransport(sink.url);
    await transport.deliver(await new MailComposer(manager, new Config()).compose(row));
    transport.close();
    const [{ parsed } = { parsed: null }] = sink.to(HELVIA);
    return { html: String(parsed?.html), ...read(parsed?.subject ?? '', parsed?.text ?? '') };
  };

  it('takes a French reader of a reminder one page, two answers and one click to decline, on a telephone', async () => {
    const one = await HttpCase.after(system, 'circulate');
    const mail = await reminderOf(one);
    expect(mail.subject).toContain('votre réponse est attendue');
    expect(mail.html).toContain('<html lang="fr"');
    expect(mail.html).toContain(mail.code);

    const page = await phone(360);
    const pages: string[] = [];
    page.on('framenavigated', (frame) => void pages.push(new URL(frame.url()).pathname));
    await page.goto(mail.path);
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await texts(page, 'h1')).toEqual(['Pouvez-vous aider ?']);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);

    const answers: Promise<unknown>[] = [page.locator('#code').fill(mail.code ?? '')];
    answers.push(page.locator('#why').selectOption({ label: 'Pas de capacité pour le moment' }));
    await Promise.all(answers);
    await page.locator('button[value=decline]').click();
    await page.waitForSelector('.govuk-panel');

    expect(answers).toHaveLength(2);
    // The page itself, and what it answers, under the same address.
    expect(pages).toEqual([mail.path, mail.path]);
    expect((await texts(page, '.govuk-panel')).join()).toContain('Votre réponse est enregistrée');
    expect(await violations(page)).toEqual([]);
    expect(await statusOf(one)).toMatchObject({ status: 'declined', why: 'capacity', reason: null });
    await page.context().close();
  });

  it('fits the smallest window in Arabic, mirrored and accessible, also when something is wrong', async () => {
    const one = await HttpCase.after(system, 'circulate');
    await system.dataSource.query(`UPDATE person SET language = 'ar' WHERE email = $1`, [HELVIA]);
    const mail = await mailedAnswer(system, one.reference, 'helvia');
    const page = await phone(PHONE);
    await page.goto(mail.path);
    const look = async () => [
      await overflow(page),
      await violations(page),
      await page.locator('html[dir=rtl]').count(),
    ];
    expect(await look()).toEqual([0, [], 1]);
    await page.locator('#question').fill('هل توجد مسودة؟');
    await page.locator('button[value=question]').click();
    await page.waitForSelector('.govuk-error-summary');
    expect(await look()).toEqual([0, [], 1]);
    expect(await page.locator('#question').inputValue()).toBe('هل توجد مسودة؟');
    await page.locator('#code').fill(mail.code ?? '');
    await page.locator('button[value=question]').click();
    await page.waitForSelector('.govuk-panel');
    expect(await look()).toEqual([0, [], 1]);
    expect(await statusOf(one)).toMatchObject({ status: 'question' });
    await page.goto(mail.path);
    expect(await look()).toEqual([0, [], 1]);
    await system.dataSource.query(`UPDATE person SET language = 'fr' WHERE email = $1`, [HELVIA]);
    await page.context().close();
  });

  it('answers nothing when the Enter key is pressed in a field', async () => {
    const one = await HttpCase.after(system, 'circulate');
    const mail = await mailedAnswer(system, one.reference, 'helvia');
    const page = await phone(360);
    await page.goto(mail.path);
    await page.locator('#code').fill(mail.code ?? '');
    await page.locator('#code').press('Enter');
    await page.waitForSelector('.govuk-error-summary');
    expect(await statusOf(one)).toMatchObject({ status: 'invited' });
    expect(await page.locator('#code').inputValue()).toBe(mail.code);
    await page.context().close();
  });

  it.each([
    ['runs scripts', true],
    ['runs none', false],
  ])('lets a scanner that %s press every button, with and without a code, and changes nothing', async (_, scripts) => {
    const one = await HttpCase.after(system, 'circulate');
    const mail = await mailedAnswer(system, one.reference, 'helvia');
    const page = await phone(1280, { javaScriptEnabled: scripts });
    for (const answer of ANSWERS)
      for (const guess of ['', '12345', 'AAAA-AAAA']) {
        await page.goto(mail.path);
        await page.locator('#code').fill(guess);
        await page.locator('#why').selectOption('other');
        await page.locator(`button[value=${answer}]`).click();
        await page.waitForSelector('.govuk-error-summary');
      }
    expect(await statusOf(one)).toMatchObject({ status: 'invited' });
    const [token] = await answerTokens(system, one.reference);
    expect(token).toMatchObject({ usedAt: null, revokedAt: null, wrongCodes: [] });
    await page.context().close();
  });
});
