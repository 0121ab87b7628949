import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { inDays } from '../support/days.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { DESK, overflow, PHONE, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(90_000);

const SUMMARY = 'Help with a bill and its penal sanctions.';
const GREEN = 'main .govuk-button:not(.govuk-button--secondary)';
const submit = (page: Page) => page.locator('main form button.govuk-button').first().click();

async function fillDate(page: Page, id: string, ...parts: string[]): Promise<void> {
  for (const [index, part] of ['day', 'month', 'year'].entries()) await page.fill(`#${id}-${part}`, parts[index] ?? '');
}

describeInBrowser('a case on the pages of its three sides', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let coordinator: Page;
  let state: Page;
  let responder: Page;
  let reference = '';
  const does = async (who: string, verb: string, body: object = {}) => {
    const answer = await system.step(who, reference, verb, body);
    expect({ verb, status: answer.status, problem: answer.body.detail }).toEqual({ verb, status: 200 });
  };
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    coordinator = await visitors.visitor('coordinator', DESK);
    state = await visitors.visitor('bravia', PHONE);
    responder = await visitors.visitor('legalaid', PHONE);
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
    await system.call('aurelia', 'POST', '/api/v1/requests', requestForm({ requestingState: 'QMA' }));
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  it('stands in the queue with its clock and next step, and every number leads to its list', async () => {
    await coordinator.goto('/queue');
    expect(await texts(coordinator, '.app-queues [aria-current]')).toEqual(['All cases 2']);
    expect((await texts(coordinator, 'tbody tr')).join()).toMatch(/left.*Bravia.*Acknowledge/);
    expect(await violations(coordinator)).toEqual([]);
    await coordinator.locator('.app-queues a[href="/queue?queue=unacknowledged"]').click();
    expect(await texts(coordinator, 'h1')).toEqual(['Not acknowledged (2)']);
  });

  it('is found by a part of its State’s name, and the CSV holds exactly the rows on screen', async () => {
    await coordinator.goto('/queue');
    await coordinator.fill('#q', 'brav');
    await coordinator.locator('.app-filters button').click();
    expect(await texts(coordinator, 'tbody th bdi')).toEqual(['Bravia', reference]);
    expect(await texts(coordinator, 'h1')).toEqual(['All cases (1)']);
    const address = (await coordinator.locator('a[href*="cases.csv"]').getAttribute('href')) ?? '';
    const csv = await (await coordinator.request.get(address)).text();
    expect(
      csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',')[0]),
    ).toEqual([reference]);
  });

  it('is acknowledged: the form says what is missing, then which clock it stops', async () => {
    await coordinator.goto(`/cases/${reference}`);
    expect(await texts(coordinator, GREEN)).toEqual(['Acknowledge']);
    await coordinator.locator(GREEN).click();
    expect((await texts(coordinator, '.govuk-inset-text')).join()).toContain('Acknowledge the request');
    await submit(coordinator);
    expect(await texts(coordinator, '.govuk-error-summary li')).toEqual(['Enter an answer: Message to the State']);
    await coordinator.fill('#message', 'We have your request.');
    await submit(coordinator);
    expect(await texts(coordinator, '[role=status]')).toEqual(['Done: Acknowledge']);
    expect(await texts(coordinator, GREEN)).toEqual(['Confirm authority']);
  });

  it('says “not now” of a step that is over, with what is possible instead', async () => {
    const answer = await coordinator.goto(`/cases/${reference}/acknowledge`);
    expect(answer?.status()).toBe(409);
    expect(await texts(coordinator, 'main li a')).toContain('Verify who asks');
    expect(await violations(coordinator)).toEqual([]);
  });

  it('puts the coordinators’ questions before the State, which answers each in a field of its own', async () => {
    await does('coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' });
    await does('coordinator', 'take');
    await does('coordinator', 'return', { questions: ['Which ministry leads?', 'Is there a draft?'] });
    await state.goto(`/cases/${reference}`);
    expect(await texts(state, 'h1')).toEqual(['Questions wait for your answers']);
    expect(await texts(state, GREEN)).toEqual(['Answer the questions']);
    await state.locator(GREEN).click();
    await state.locator('#answers-2').fill('No.\nNot since 2019.');
    await submit(state);
    expect((await texts(state, '.govuk-error-summary li')).join()).toMatch(/^Answer each question/);
    expect(await state.locator('#answers-2').inputValue()).toBe('No.\nNot since 2019.');
    await state.locator('#answers').fill('Defence.');
    await submit(state);
    expect(await texts(state, 'li b')).toEqual(['Defence.', 'No. Not since 2019.']);
    expect(await texts(state, 'h1')).toEqual(['The coordinators study your request']);
  });

  it('asks the State for its consent with the summary before its eyes', async () => {
    await does('coordinator', 'triage', { scope: 'law', priority: 'P2', needTypes: ['drafting'], summary: SUMMARY });
    await does('coordinator', 'request-consent', { audience: 'all_matching', summary: SUMMARY });
    await state.goto(`/cases/${reference}`);
    expect(await texts(state, 'h1')).toEqual(['You decide who may read your summary']);
    expect((await texts(state, '.app-card--key')).join()).toContain(SUMMARY);
    expect(await state.locator('.app-card--key time').count()).toBe(1);
    expect(await texts(state, GREEN)).toEqual(['Agree']);
    expect(await overflow(state)).toBe(0);
    expect(await violations(state)).toEqual([]);
    await state.locator(GREEN).click();
    expect((await texts(state, '.app-card')).join()).toContain(SUMMARY);
    await state.fill('#reason', 'Tell us who has read it.');
    await submit(state);
    expect(await texts(state, 'h1')).toEqual(['You have agreed: your summary goes out to responders']);
    await coordinator.goto(`/cases/${reference}/circulate`);
    expect((await texts(coordinator, '.app-card')).join()).toContain('Condition or remark: Tell us who has read it.');
  });

  it('is answered by a responder on a phone', async () => {
    const { body } = await system.call('coordinator', 'GET', '/api/v1/organisations?role=responder');
    const ids = body.items.map(({ id }: { id: string }) => id);
    await does('coordinator', 'circulate', { organisations: ids });
    await responder.goto('/invitations');
    await responder.locator('tbody a').first().click();
    expect(await texts(responder, 'h1')).toEqual(['Can you help Bravia?']);
    expect(await overflow(responder)).toBe(0);
    expect(await violations(responder)).toEqual([]);
    expect(await texts(responder, GREEN)).toEqual(['We are interested']);
    await responder.locator(GREEN).click();
    expect(await texts(responder, '[role=status]')).toEqual(['Done: We are interested']);
    await responder.locator('summary', { hasText: 'Make an offer' }).click();
    await responder.fill('#make-offer-text', 'Two remote sessions.');
    await fillDate(responder, 'from', '15', '1', '2027');
    await fillDate(responder, 'to', '15', '3', '2027');
    await responder.check('#make-offer-funding');
    await fillDate(responder, 'to', '14', '1', '2027');
    await responder.locator('form[action$="make-offer"] button').click();
    expect(await texts(responder, '.govuk-error-summary li')).toEqual(['To: must not be before the first date']);
    await fillDate(responder, 'to', '15', '3', '2027');
    await submit(responder);
    expect(await texts(responder, '[role=status]')).toEqual(['Done: Make the offer']);
  });

  it('tells a responder that has declined so, and that it may still answer', async () => {
    await does('coalition', 'decline-invitation', { reason: 'Capacity.' });
    const declining = await visitors.visitor('coalition', PHONE);
    await declining.goto(`/cases/${reference}`);
    expect((await texts(declining, 'main section')).join()).toContain('You have declined. If things change');
    await responder.goto(`/cases/${reference}`);
    expect((await texts(responder, 'main section')).join()).not.toContain('You have declined');
  });

  it('has no green button for the coordinator while the State decides, and says until when', async () => {
    await coordinator.goto(`/cases/${reference}`);
    expect(await texts(coordinator, GREEN)).toEqual([]);
    const next = (await texts(coordinator, '.app-card--key')).join();
    expect(next).toContain('Wait for the State’s decision.');
    expect(next).toMatch(/until \w{3} \d+ \w{3} \d{4}/);
  });

  it('says why each clock is due when it is, one click from the case', async () => {
    await coordinator.goto(`/cases/${reference}`);
    await coordinator.locator('a', { hasText: 'Why then?' }).first().click();
    expect(await texts(coordinator, 'h1')).toEqual(['Why is it due then?']);
    expect((await texts(coordinator, 'caption')).join()).toContain('Open time still to come until the deadline');
    await coordinator.locator('summary').first().click();
    expect((await texts(coordinator, 'details li')).join()).toContain('calendar geneva version 1 (Europe/Zurich)');
    expect(await overflow(coordinator)).toBe(0);
    expect(await violations(coordinator)).toEqual([]);
  });

  it('is read and accepted by the State from its own page', async () => {
    await state.goto(`/cases/${reference}`);
    expect(await texts(state, 'h1')).toEqual(['An offer waits for your decision']);
    expect((await texts(state, '.app-card--key')).join()).toContain('Two remote sessions.');
    expect((await texts(state, '.app-card--key')).join()).toContain('Stops the clock: “');
    await state.locator(GREEN).click();
    expect(await state.locator('input[name=offerId]').isChecked()).toBe(true);
    const announced = (await texts(state, '.govuk-inset-text')).join();
    expect(announced).toMatch(/This stops the clock: .*“Decision of the State on an offer: Demo Legal Aid Network”/);
    expect(announced).toContain('It starts: “Agree the plan”, due');
    expect(await violations(state)).toEqual([]);
    await submit(state);
    expect(await texts(state, 'h1')).toEqual(['You have accepted an offer: the plan is being agreed']);
  });

  it('says which clocks a report stops, and that a milestone’s stops only if it is ticked', async () => {
    const milestones = [{ title: 'First draft', dueOn: inDays(60), responsible: 'Legal Aid' }];
    await does('coordinator', 'agree-plan', { milestones, language: 'en', payer: 'Legal Aid' });
    await responder.goto(`/cases/${reference}`);
    const form = responder.locator('details', { has: responder.locator('form[action$="update-progress"]') });
    const words = (await form.textContent())?.replaceAll(/\s+/g, ' ') ?? '';
    expect(words).toContain('Stops the clock: “Your next report on progress”');
    expect(words).toContain('Only if you choose it, stops: “Milestone of the plan: First draft”');
    expect(await responder.locator('.app-clocks a', { hasText: 'Why then?' }).count()).toBeGreaterThan(1);
    expect(await overflow(responder)).toBe(0);
    expect(await violations(responder)).toEqual([]);
  });

  it('tells the State’s own acts from those of others on its timeline, and names responders', async () => {
    const entries = await texts(state, '.app-timeline h3');
    expect(entries).toContain('You Offer accepted (Demo Legal Aid Network)');
    expect(entries).toContain('Responder A responder makes an offer (Demo Legal Aid Network)');
    expect(entries).toContain('You Request received');
  });
});
