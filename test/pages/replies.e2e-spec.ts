import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { scanningOf } from '#libs/documents/scanning.js';
import { describeInBrowser } from '../support/chromium.js';
import { inDays } from '../support/days.js';
import { PDF, TEST_SECRETS_KEY } from '../support/documents.js';
import { HttpCase } from '../support/http-case.js';
import { INBOUND } from '../support/inbound.js';
import { receptionOf } from '../support/reception.js';
import { TestSystem } from '../support/system.js';
import { DESK, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(180_000);

const SENDER = { mailFrom: 'Action48 <no-reply@action48.test>', secretsKey: TEST_SECRETS_KEY };
const LEGALAID = 'legalaid@demo.action48.test';

describeInBrowser('a mail without a case, without JavaScript', (chromium) => {
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

  it('is put on its case with its file, and accepted as a need of time with a day', async () => {
    const one = await HttpCase.after(system, 'circulate');
    const to = `reply@${INBOUND.domain}`;
    const mail = { from: LEGALAID, to, subject: 'One week more', text: 'We need time.' };
    const attachments = [{ filename: 'Plan.pdf', content: PDF('plan') }];
    const raw = await new MailComposer({ ...mail, attachments }).compile().build();
    await receptionOf(system.dataSource, SENDER).take(raw, { from: LEGALAID, to: [to] });
    await scanningOf(system.dataSource, { scannerAddress: 'none', secretsKey: TEST_SECRETS_KEY })?.pass();

    const page = await visitors.visitor('coordinator', DESK);
    await page.goto('/triage/mail');
    await page.getByRole('link', { name: 'One week more' }).click();
    await page.waitForURL(/\/triage\/mail\/./);
    const main = () => page.getByRole('main').textContent();
    expect(await main()).toMatch(/Plan\.pdf \(.*bytes\): Checked by its type only.*nobody can open them here/s);
    expect(await page.getByRole('link', { name: 'Plan.pdf' }).count()).toBe(0);
    await page.getByLabel('Reference of the case').fill(one.reference);
    await page.locator('#attach-reason').fill('It says so.');
    await page.getByRole('button', { name: 'Put it on the case' }).click();
    await page.waitForURL(/done=attached/);

    await page.goto(`/cases/${one.reference}/replies`);
    expect(await main()).toMatch(/Plan\.pdf.*They are among the documents of the case/s);
    const accept = () => page.getByRole('button', { name: 'Accept as an answer' }).click();
    await page.getByLabel('They pass it on to the colleague below').check();
    await page.getByLabel('Address of their colleague').fill('nobody@example.test');
    await accept();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/Nobody of the sender’s organisation has an account/);
    expect(await page.getByLabel('Address of their colleague').inputValue()).toBe('nobody@example.test');
    await page.getByLabel('They need more time, until the day below').check();
    await page.getByLabel('Year').fill('2099');
    await page.getByLabel('Day', { exact: true }).fill('1');
    await page.getByLabel('Month').fill('2');
    await accept();
    await page.getByRole('alert').filter({ hasText: 'within the next 60 days' }).waitFor();
    expect(await page.getByLabel('Year').inputValue()).toBe('2099');
    const [year = '', month = '', day = ''] = inDays(7).split('-');
    await page.getByLabel('Day', { exact: true }).fill(day);
    await page.getByLabel('Month').fill(month);
    await page.getByLabel('Year').fill(year);
    await accept();
    await page.waitForURL(/done=accepted/);
    expect(await main()).toMatch(/Accepted: They need more time/);
    await page.goto(`/cases/${one.reference}`);
    expect(await main()).toMatch(/A responder needs more time/);
  });
});
