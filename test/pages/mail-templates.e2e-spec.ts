import { describeInBrowser } from '../support/chromium.js';
import { dueMail } from '../support/mail-rows.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, PHONE, texts, violations, Visitors } from './browser.js';

jest.setTimeout(120_000);

describeInBrowser('the words of mails', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    visitors = await Visitors.open(chromium, system.url);
  }, 60_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  it('are looked at in every language, with the newest mail of their kind', async () => {
    const { parameters } = await dueMail(system.dataSource);
    await dueMail(system.dataSource, {
      sendAfter: new Date(),
      parameters: { ...parameters, reference: 'CCM-A9-2026-0077' } as never,
    });
    const page = await visitors.visitor('isu', DESK);
    await page.goto('/mail-templates');
    await page.getByRole('link', { name: 'your answer is awaited' }).click();
    await page.waitForURL('**/mail-templates/reminder');
    const papers = await texts(page, '.app-paper');
    expect(papers).toHaveLength(7);
    for (const paper of papers) expect(paper).toMatch(/CCM-A9-2026-0077.*17:00.*CET.*18:00 Lusaka/s);
    expect(await page.locator('.app-paper').evaluateAll((all) => all.map(({ lang, dir }) => `${lang} ${dir}`))).toEqual(
      ['ar rtl', 'zh ltr', 'en ltr', 'fr ltr', 'ru ltr', 'es ltr', 'pt ltr'],
    );
  });

  it('are changed after a look at them, as a version, and can be taken back', async () => {
    const page = await visitors.visitor('lead', DESK);
    await page.goto('/mail-templates/reminder/fr');
    await page.locator('#subject').fill("on attend d'abord : {clock}");
    await page.locator('#lines').fill('Rappel : {clock}.\n\nMerci de répondre.');
    await page.getByRole('button', { name: 'Look at it before saving' }).click();
    await page.waitForURL('**/reminder/fr/preview');
    expect((await texts(page, '.app-paper'))[0]).toMatch(
      /on attend d'abord : Réponse du répondant.*Merci de répondre\./s,
    );
    expect(await texts(page, 'del')).toContain('before: votre réponse est attendue');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.waitForURL('**/reminder/fr?done=saved');
    expect(await page.getByRole('status').innerText()).toContain('in force');
    expect(await texts(page, '.govuk-details__summary-text')).toEqual([expect.stringContaining('Version 1')]);

    await page.getByRole('button', { name: 'Confirm as reviewed' }).click();
    await page.waitForURL('**/reminder/fr?done=reviewed');
    expect(await page.locator('main').innerText()).toMatch(/Reviewed \(Version 1\): .*Lead/);
    await page.goto('/mail-templates?status=reviewed');
    expect(await page.locator('tbody tr').count()).toBe(1);

    await page.goto('/mail-templates/reminder/fr');
    await page.getByRole('button', { name: 'Go back to the words of the program' }).click();
    await page.waitForURL('**/reminder/fr?done=restored');
    expect((await texts(page, '.app-paper'))[0]).toContain('votre réponse est attendue');
    expect(await page.locator('details').first().textContent()).toContain('back to the words of the program');
  });

  it('are kept as they were typed when they cannot be used, with what is wrong beside them', async () => {
    const page = await visitors.visitor('admin', PHONE);
    await page.goto('/mail-templates/breach/en');
    await page.locator('#subject').fill('late: {reason}');
    await page.locator('#lines').fill('See <b>example.test</b>');
    await page.locator('#link').fill('');
    await page.getByRole('button', { name: 'Look at it before saving' }).click();
    await page.waitForURL('**/breach/en/preview');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await texts(page, '.govuk-error-message')).toEqual([
      'Error: A mail of this kind has no value “reason”. What it can name in braces: {stage}, {clock}.',
      'Error: HTML is not possible in a mail: leave out < and >.',
      'Error: Write what the mail says here.',
    ]);
    expect(await page.locator('#subject').inputValue()).toBe('late: {reason}');
    expect([await overflow(page), await violations(page)]).toEqual([0, []]);
    expect(await system.dataSource.query('SELECT 1 FROM mail_template_version WHERE kind = $1', ['breach'])).toEqual(
      [],
    );
  });

  it('that somebody else has changed meanwhile are not overwritten unseen', async () => {
    const page = await visitors.visitor('lead', DESK);
    const other = await visitors.visitor('isu', DESK);
    for (const [visitor, words] of [
      [page, 'one'],
      [other, 'two'],
    ] as const) {
      await visitor.goto('/mail-templates/plan/en');
      await visitor.locator('#subject').fill(words);
      await visitor.getByRole('button', { name: 'Look at it before saving' }).click();
      await visitor.waitForURL('**/plan/en/preview');
    }
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.waitForURL('**/plan/en?done=saved');
    await other.getByRole('button', { name: 'Save as a new version' }).click();
    await other.waitForURL('**/plan/en');
    expect(await other.locator('.govuk-error-summary').innerText()).toContain(
      'Somebody has saved other words meanwhile',
    );
    expect(await other.locator('#subject').inputValue()).toBe('two');
  });

  it('are shown as HTML on a page that can do nothing, also before they are saved', async () => {
    const page = await visitors.visitor('lead', DESK);
    const response = await page.goto('/mail-templates/escalation/ar/html');
    const csp = response?.headers()['content-security-policy'] ?? '';
    for (const rule of ["default-src 'none'", "form-action 'none'", "frame-ancestors 'none'", 'sandbox'])
      expect(csp).toContain(rule);
    expect(csp).not.toMatch(/script|allow-/);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.goto('/mail-templates/escalation/ar');
    await page.getByRole('button', { name: 'Look at it before saving' }).click();
    await page.waitForURL('**/escalation/ar/preview');
    await page.getByRole('button', { name: 'As HTML' }).click();
    await page.locator('body > div > table').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ar');
  });

  it('are not there for anybody else', async () => {
    for (const who of ['coordinator', 'bravia', 'legalaid', 'president'])
      for (const path of ['/mail-templates', '/mail-templates/reminder/en', '/api/v1/mail-templates'])
        expect((await system.call(who, 'GET', path)).status).toBe(404);
  });

  it('can be read by programs', async () => {
    const get = async (path: string) => (await system.call('isu', 'GET', `/api/v1/mail-templates${path}`)).body;
    const { items } = await get('');
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'warning', language: 'zh', status: 'machine', version: null }),
    );
    expect(await get('/reminder/fr')).toMatchObject({ version: null, words: { link: 'Répondre maintenant' } });
    expect((await get('/reminder/fr/versions')).items[0]).toMatchObject({ version: 2, words: null, restores: 0 });
    expect(await get('/warning/ru/preview')).toMatchObject({ real: false, text: expect.stringContaining('Женева') });
    for (const path of ['/nothing/fr', '/reminder/xx', '/__proto__/en', '/reminder/nothing/versions'])
      expect((await system.call('isu', 'GET', `/api/v1/mail-templates${path}`)).status).toBe(404);
  });
});
