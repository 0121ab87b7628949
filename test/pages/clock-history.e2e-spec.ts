import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { DemoClock } from '../../apps/api/src/demo/demo-clock.js';
import { DESK, overflow, PHONE, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(90_000);

const DAY_MS = 24 * 3_600_000;
const STRIKE = 'Our post was on strike.';
const submit = (page: Page) => page.locator('main form button.govuk-button').first().click();

describeInBrowser('the clocks of a case and their history', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let lead: Page;
  let phone: Page;
  let reference = '';
  const does = async (who: string, verb: string, body: object = {}) => {
    const answer = await system.step(who, reference, verb, body);
    expect({ verb, status: answer.status, problem: answer.body.detail }).toEqual({ verb, status: 200 });
  };
  const said = async (page: Page, selector: string) => (await texts(page, selector)).join(' ');
  const explained = (who: string, clock: string) =>
    system.call(who, 'GET', `/api/v1/cases/${reference}/clocks/${clock}/explanation`);

  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
    await system.app.get(DemoClock, { strict: false }).advance(21 * DAY_MS);
    lead = await visitors.visitor('lead', DESK);
    phone = await visitors.visitor('lead', PHONE, 'ar');
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  it('say before a late clock is stopped that it stays late, and what begins next', async () => {
    await lead.goto(`/cases/${reference}/acknowledge`);
    const announced = await said(lead, '.govuk-inset-text');
    expect(announced).toContain('This stops the clock: “Acknowledge the request”');
    expect(announced).toContain('It stays recorded as late');
    expect(announced).toMatch(/It starts: “.*”, due \w{3} \d+ \w{3} \d{4}, \d\d:\d\d Geneva .* = /);
    await lead.goto(`/cases/${reference}/add-note`);
    expect(await said(lead, '.govuk-inset-text')).toBe('It stops no clock.');
  });

  it('show each late step as the ledger has it, from where the lead excuses exactly that one', async () => {
    await lead.goto(`/cases/${reference}`);
    const late = 'section[aria-labelledby=late]';
    expect(await said(lead, `${late} > p`)).toBe(
      'Recorded as late: 1 · excused: 0 · in time after all: 0 · counted as late: 1',
    );
    expect(await said(lead, `${late} tbody`)).toMatch(/after the deadline.*Cause: the deadline passed\..*Still open/);
    await lead.locator(`${late} a`, { hasText: 'Excuse it' }).click();
    expect(await lead.locator('input[name=breach]').first().isChecked()).toBe(true);
    await lead.fill('#reason', STRIKE);
    await submit(lead);
    expect(await said(lead, `${late} > p`)).toContain('Recorded as late: 1 · excused: 1');
    expect(await said(lead, `${late} tbody`)).toContain(STRIKE);
    expect(await said(lead, '.app-clocks')).toContain(STRIKE);
    expect(await violations(lead)).toEqual([]);
  });

  it('explain a late clock: the time up to the deadline, the time after it, who was told, and where else it is when', async () => {
    await does('lead', 'acknowledge', { message: 'We have it.' });
    await lead.goto(`/cases/${reference}/clocks/acknowledge`);
    const captions = await said(lead, 'caption');
    for (const caption of ['How the date moved', 'up to the deadline', 'Open time after the deadline'])
      expect(captions).toContain(caption);
    expect(await said(lead, 'aside')).toMatch(/The same instant elsewhere Geneva .* UTC \d{4}-.*What comes before/);
    expect(await said(lead, 'aside')).toContain('the coordinator lead');
    expect(await violations(lead)).toEqual([]);
    const { items } = (await explained('lead', 'acknowledge')).body;
    const [cycle] = items;
    expect(cycle.moves.map(({ kind }: { kind: string }) => kind)).toEqual(['started', 'stopped']);
    expect(cycle.moves.at(-1).dueAt).toBe(cycle.dueAt);
    expect(cycle.overrun.openSeconds).toBeLessThan(cycle.overrun.wallSeconds);
    expect(cycle.lateSteps).toMatchObject([{ status: 'excused', excused: { reason: STRIKE } }]);
    expect(cycle.steps.some(({ mails }: { mails: unknown[] }) => mails.length > 0)).toBe(true);
  });

  it('tell the State the same deadline, but neither internal words nor whom others were told', async () => {
    const answer = await explained('bravia', 'acknowledge');
    expect(answer.body.items[0].lateSteps).toMatchObject([{ status: 'excused', excused: { reason: null } }]);
    expect(JSON.stringify(answer.body)).not.toContain(STRIKE);
    expect(answer.body.items[0].steps.flatMap(({ to }: { to: string[] }) => to)).toEqual([]);
  });

  it('say of a paused clock why, whom it waits for and what is left, and give no date', async () => {
    await does('coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' });
    await does('coordinator', 'take');
    await does('coordinator', 'return', { questions: ['Which ministry leads?'] });
    await lead.goto(`/cases/${reference}`);
    const paused = await said(lead, '.app-clocks li:has(.app-clock--paused)');
    expect(paused).toMatch(/Paused, .* left .*questions are with the State\. Since .*It waits for the State\. No date/);
    expect(await said(lead, '.app-clocks')).toContain('the case rests; nobody is late');
    await lead.locator('.app-clocks a', { hasText: 'Why no date?' }).first().click();
    expect(await said(lead, 'table')).toMatch(/Paused: questions are with the State\..*no date/);
  });

  it('lead from each step of a clock on the timeline to why it was due then', async () => {
    await lead.goto(`/cases/${reference}`);
    await lead.locator('.app-timeline a', { hasText: 'Why then?' }).first().click();
    expect(lead.url()).toContain('/clocks/acknowledge#cycle-1');
  });

  it('fit a phone in Arabic, without a violation', async () => {
    for (const path of ['', '/clocks/acknowledge', '/clocks/triage', '/withdraw', '/assign-owner']) {
      const answer = await phone.goto(`/cases/${reference}${path}`);
      if (answer?.status() === 409) continue;
      expect({ path, overflow: await overflow(phone) }).toEqual({ path, overflow: 0 });
      expect({ path, violations: await violations(phone) }).toEqual({ path, violations: [] });
    }
  });
});
