import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';
import { DESK, PHONE, texts, violations, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(90_000);

describeInBrowser('the hand-over of a case, and the exclusion of a party, on pages', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  let one: HttpCase;
  let owner: Page;
  let receiver: Page;
  let state: Page;
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
    owner = await visitors.visitor('coordinator', DESK);
    receiver = await visitors.visitor('coordinator2', PHONE);
    state = await visitors.visitor('bravia', PHONE);
    one = await HttpCase.after(system, 'request-consent');
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });
  const address = (page = '') => `/cases/${one.reference}${page}`;
  const submit = async (page: Page) => {
    await page.locator('main form button.govuk-button').first().click();
    await page.waitForURL(/\?done=/);
  };
  const main = async (page: Page) => (await texts(page, 'main')).join(' ');

  it('is offered in a form that starts its clock; the page says who is to answer, and by when', async () => {
    await owner.goto(address('/hand-over'));
    expect(await main(owner)).toContain('It starts: “Answer to the hand-over”');
    expect(await texts(owner, '.govuk-radios__label')).not.toContain('Demo Coordinator A');
    await owner.getByLabel('Demo Coordinator B').check();
    await owner.fill('#reason', 'I am going on mission.');
    await owner.fill('#note', 'The State decides on the summary this week.');
    await submit(owner);
    const said = await main(owner);
    expect(said).toMatch(/Offered to: Demo Coordinator B .*Waiting for their answer until .*Geneva/);
    expect(said).toContain('Owner: Demo Coordinator A');
  });

  it('is marked in the receiver’s list, from where it is accepted', async () => {
    await receiver.goto('/queue?queue=mine');
    expect(await main(receiver)).toContain('Offered to you: accept, reject');
    await receiver.goto('/queue?queue=handed_to_me');
    expect(await texts(receiver, 'h1')).toEqual(['Offered to me (1)']);
    await receiver.locator('a[href$="/accept-hand-over"]').click();
    expect(await main(receiver)).toContain('This stops the clock: “Answer to the hand-over”');
    expect(await violations(receiver)).toEqual([]);
    await submit(receiver);
    const said = await main(receiver);
    expect(said).toContain('Owner: Demo Coordinator B');
    expect(said).not.toContain('Offered to:');
    expect(said).toMatch(/Hand-over accepted.*Hand-over offered/);
  });

  it('is no affair of the State, which sees its new owner', async () => {
    await state.goto(address());
    const said = await main(state);
    expect(said).toContain('Who looks after it Demo Coordinator B');
    expect(said).toContain('Hand-over accepted');
    expect(said).not.toMatch(/Hand-over offered|on mission|Answer to the hand-over/);
  });

  it('has the State choose what responders read, and see it named', async () => {
    await state.goto(address('/give-consent'));
    await state.getByLabel('The summary alone').check();
    await submit(state);
    expect(await main(state)).toContain('What they would read: The summary alone');
  });

  it('has the State exclude a party, which is in no list from then on', async () => {
    await state.goto(address('/exclude-party'));
    await state.getByLabel('Helvia').check();
    await state.fill('#reason', 'A border dispute.');
    await submit(state);
    expect(await main(state)).toMatch(/Excluded parties .*Helvia/);
    await receiver.goto(address('/circulate'));
    expect(await texts(receiver, '.govuk-checkboxes__label')).toEqual([
      'Demo Coalition',
      'Demo Legal Aid Network',
      'Zelandia',
    ]);
  });
});
