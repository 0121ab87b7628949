import { describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';
import { DESK, Visitors } from './browser.js';

describeInBrowser('the tokens of everybody, for administrators', (chromium) => {
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

  it('are listed with whose they are, and one that is revoked is worth nothing at once, on record', async () => {
    const wish = { name: 'Figures of Legal Aid', scopes: ['read'], days: 30 };
    const { body: made } = await system.call('legalaid', 'POST', '/api/v1/tokens', wish);
    const uses = () =>
      system.call('', 'GET', '/api/v1/cases', undefined, { authorization: `Bearer ${made.token as string}` });
    expect((await uses()).status).toBe(200);
    const page = await visitors.visitor('admin', DESK);
    await page.goto('/admin/tokens');
    const row = page.locator('tbody tr', { hasText: 'Figures of Legal Aid' });
    expect(await row.textContent()).toContain('Demo Legal Aid Officer');
    expect(await page.content()).not.toContain(made.token);
    await row.getByRole('button', { name: /^Revoke/ }).click();
    await page.waitForURL('**/admin/tokens?done=revoked');
    expect(await row.count()).toBe(0);
    expect((await uses()).status).toBe(401);
    const acts = await system.dataSource.query(`SELECT body FROM admin_event WHERE action = 'token_revoked'`);
    expect(acts).toEqual([{ body: { tokenId: made.id } }]);
  });
});
