import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { describeInBrowser } from '../support/chromium.js';
import { asOwner } from '../support/database.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';
import { DESK, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(300_000);

const HOUR_MS = 3_600_000;

describeInBrowser('the audit trail in pages', (chromium) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  let folder = '';
  let system: TestSystem;
  let visitors: Visitors;
  let one: HttpCase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    const key = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    system = await TestSystem.start({ settings: { CHECKPOINT_DIR: folder, CHECKPOINT_KEY: key } });
    visitors = await Visitors.open(chromium, system.url);
    one = await HttpCase.after(system, 'take');
  });
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
    rmSync(folder, { recursive: true });
  });
  const checkpoint = (now = Date.now()) => {
    const place = { folder, key: privateKey, origin: 'test/action48' };
    return new Checkpointer(system.dataSource, place, () => now).make();
  };
  const url = () => (system.dataSource.options as { url: string }).url;

  it('says that there is no checkpoint, then that the last is overdue, then that all is well', async () => {
    const page = await visitors.visitor('admin', DESK);
    const main = page.locator('main');
    await page.goto('/admin/checkpoints');
    expect(await main.textContent()).toContain('No checkpoint has been made yet.');
    await checkpoint(Date.now() - HOUR_MS);
    await page.goto('/admin/checkpoints');
    expect(await page.locator('main .app-clock--late').first().textContent()).toMatch(
      /^\s*Overdue: the last one was made 1\sh/,
    );
    await page.goto('/system');
    expect(await main.textContent()).toMatch(/Overdue: the last one was made 1\sh/);
    await checkpoint();
    await page.goto('/admin/checkpoints');
    expect(await page.locator('main .app-clock--late').count()).toBe(0);
    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('tbody tr').first().textContent()).toContain('signature holds');
  });

  it('verifies everything when it is asked to, and names what was tampered with', async () => {
    const page = await visitors.visitor('lead', DESK);
    const verified = async () => {
      await page.goto('/admin/checkpoints');
      await page.getByRole('button', { name: 'Verify now' }).click();
      await page.getByRole('button', { name: 'Verify now' }).waitFor();
      return page.locator('main').textContent();
    };
    expect(await verified()).toMatch(/Nothing is wrong\.[\s\S]*Cases: 1, events: 4,[\s\S]*checkpoints: 2\./);
    await asOwner(
      url(),
      'ALTER TABLE case_event DISABLE TRIGGER ALL',
      `UPDATE case_event SET type = 'declined' WHERE version = 2`,
    );
    expect(await verified()).toMatch(/Findings: 1[\s\S]*CCM-A9-\d+-\d+[\s\S]*The hash chain breaks at version 2\./);
    const { body } = await system.call('lead', 'GET', '/metrics');
    expect(body).toMatch(/^action48_verification_findings 1$/m);
    expect(body).toMatch(/^action48_checkpoint_age_seconds \d/m);
    await asOwner(url(), `UPDATE case_event SET type = 'acknowledged' WHERE version = 2`);
    expect(await verified()).toContain('Nothing is wrong.');
  });

  it('searches who did what; an administrator sees references and no way into a case', async () => {
    const page = await visitors.visitor('admin', DESK);
    await page.goto('/admin/audit?source=case');
    expect(await page.locator('tbody tr').count()).toBe(4);
    expect(await page.locator('tbody a').count()).toBe(0);
    await page.locator('#reference').fill(one.reference);
    await page.locator('#kind').selectOption('acknowledged');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/kind=acknowledged/);
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.locator('tbody tr').textContent()).toContain(one.reference);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV of everything found' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toEqual([
      expect.stringContaining('recorded_at,log,what,person_id,person,reference,place'),
      expect.stringMatching(`,case,acknowledged,[0-9a-f-]{36},.*,${one.reference},2$`),
    ]);
    const lead = await visitors.visitor('lead', DESK);
    await lead.goto('/admin/audit?source=case');
    expect(await lead.locator('tbody a').first().getAttribute('href')).toBe(`/cases/${one.reference}`);
  });

  it('is not for others, who are told whom it is for', async () => {
    for (const [who, path] of [
      ['coordinator', '/admin/audit'],
      ['bravia', '/admin/checkpoints'],
    ] as const) {
      const page = await visitors.visitor(who, DESK);
      const response = await page.goto(path);
      expect(response?.status()).toBe(403);
      expect(await page.locator('main').textContent()).toContain('the coordinator lead, the ISU and administrators');
    }
  });
});
