import type { Page } from 'playwright-core';
import { loadConfig } from '#libs/config/config.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { messageOf } from '#libs/mail/envelope.js';
import { describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';
import { DESK, signIn, texts, Visitors } from './browser.js';

jest.setTimeout(300_000);

const PASSWORD = 'three quiet boats';

describeInBrowser('the pages of people and organisations', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  beforeAll(async () => {
    system = await TestSystem.start();
    visitors = await Visitors.open(chromium, system.url);
  }, 180_000);
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });

  const person = (email: string) => system.dataSource.manager.findOneByOrFail(Person, { email });
  const demo = (mailbox: string) => person(`${mailbox}@demo.action48.test`);
  const press = async (page: Page, name: string, to: RegExp) => {
    await page.getByRole('main').getByRole('button', { name }).first().click();
    await page.waitForURL(to);
  };
  const codeSentTo = async (recipient: string) => {
    const [mail] = await system.dataSource.manager.find(Mail, { where: { recipient }, order: { id: 'DESC' }, take: 1 });
    const { text } = messageOf(mail as Mail, loadConfig({ DATABASE_URL: 'postgres://x' }));
    expect(text).toContain('/welcome\n');
    return /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/.exec(text as string)?.[0] ?? '';
  };

  it('let the administrator of an office invite somebody, who sets up the account with the code of the mail', async () => {
    const page = await visitors.visitor('bravia-admin', DESK);
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/office');
    await page.goto('/office/invite');
    expect(await page.locator('#organisationId').count()).toBe(0);
    expect(await page.locator('[name=roles]').count()).toBe(2);
    await page.locator('#email').fill('Amina@bravia.example');
    await page.locator('#name').fill('Amina Banda');
    await press(page, 'Send the invitation', /\/office\?done=invited/);
    expect(await texts(page, '[role=status]')).toEqual(['The invitation is on its way.']);

    const guest = await visitors.visitor('', DESK);
    const fill = async (code: string, password: string, again = password) => {
      await guest.goto('/welcome');
      await guest.locator('#email').fill('amina@bravia.example');
      await guest.locator('#code').fill(code);
      await guest.locator('#password').fill(password);
      await guest.locator('#again').fill(again);
      await guest.locator('main button[type=submit]').click();
    };
    await fill('0000-0000-0000', PASSWORD);
    const wrong = await texts(guest, '.govuk-error-summary__list');
    await fill('0000-0000-0000', 'short');
    expect(await texts(guest, '.govuk-error-summary__list')).toEqual([
      expect.stringContaining('12 characters or more'),
    ]);
    await fill(await codeSentTo('amina@bravia.example'), PASSWORD);
    await guest.waitForURL(/\/welcome\/ready$/);
    await fill(await codeSentTo('amina@bravia.example'), PASSWORD);
    expect(await texts(guest, '.govuk-error-summary__list')).toEqual(wrong);
    await signIn(guest, 'amina@bravia.example', PASSWORD);
    expect(new URL(guest.url()).pathname).toBe('/requests');
  });

  it('show people of other offices to nobody but an administrator', async () => {
    const { id } = await demo('aurelia');
    const office = await visitors.visitor('bravia-admin', DESK);
    for (const path of [
      `/office/${id}`,
      `/office/${id}/disable`,
      '/admin/people',
      `/admin/people/${id}`,
      '/admin/organisations',
    ])
      expect({ path, status: (await office.goto(path))?.status() }).toEqual({ path, status: 404 });
    const lead = await visitors.visitor('lead', DESK);
    for (const path of ['/office', '/admin/people', '/admin/people/people.csv', '/admin/organisations', '/admin/roles'])
      expect({ path, status: (await lead.context().request.get(path)).status() }).toEqual({ path, status: 404 });
  });

  it('let an administrator change roles, see who gave them, and end an account with a reason', async () => {
    const { id } = await demo('legalaid');
    const page = await visitors.visitor('admin', DESK);
    await page.goto('/admin/people?role=responder');
    await page.getByRole('link', { name: 'Demo Legal Aid Officer' }).click();
    await page.waitForURL(`**/admin/people/${id}`);
    await page.locator('[name=roles][value=coordinator]').check();
    await press(page, 'Save the changes', /done=changed/);
    const granted = (await texts(page, 'table tbody tr')).find((line) => line.startsWith('Coordinator'));
    expect(granted).toContain('Demo Administrator');
    expect((await demo('legalaid')).roles.sort()).toEqual(['coordinator', 'responder']);

    await page.locator('[name=roles][value=responder]').uncheck();
    await system.dataSource.manager.increment(Person, { id }, 'revision', 1);
    await page.getByRole('button', { name: 'Save the changes' }).click();
    expect(await texts(page, '.govuk-error-summary__list')).toEqual([
      expect.stringContaining('changed this meanwhile'),
    ]);

    await page.goto(`/admin/people/${id}/disable`);
    await page.locator('main button[type=submit]').click();
    expect(await texts(page, '.govuk-error-message')).toEqual(['Error: Say why.']);
    await page.locator('#reason').fill('Moved to another post.');
    await press(page, 'Disable the account', /done=disabled/);
    expect(await texts(page, '.app-facts dd')).toContain('Disabled');
    const csv = await (await page.context().request.get('/admin/people/people.csv?state=disabled')).text();
    const [head, ...rows] = csv.trim().split('\r\n');
    expect([head, rows.length]).toEqual([expect.stringContaining('name,email,organisation,roles'), 1]);
    expect(rows[0]).toContain('Demo Legal Aid Officer,legalaid@demo.action48.test,LEGALAID');
  });

  it('let an administrator add an office of a State, and take it out of use', async () => {
    const page = await visitors.visitor('admin', DESK);
    await page.goto('/admin/organisations/new');
    await page.locator('#code').fill('qmb-gva');
    await page.locator('#name').fill('Permanent Mission of Bravia in Geneva');
    await page.locator('#kind').selectOption('mission');
    await page.locator('main button[type=submit]').click();
    expect(await texts(page, '.govuk-error-message')).toEqual(['Error: An office of a State needs its State.']);
    await page.locator('#stateCode').selectOption('QMB');
    await press(page, 'Add an organisation', /done=added/);
    await page.goto('/admin/organisations?q=mission of bravia');
    await page.getByRole('link', { name: 'Permanent Mission of Bravia in Geneva' }).click();
    await page.locator('#reason').fill('Closed.');
    await press(page, 'Take it out of use', /done=changed/);
    expect(await texts(page, 'main > .app-card')).toEqual([
      'The changes are saved.',
      'It is not in use: nobody is invited to it, and no request is sent to it.',
    ]);
    await page.goto('/admin/organisations?q=Bravia&active=yes&kind=state');
    await page.getByRole('link', { name: 'Bravia' }).click();
    await page.locator('#reason').fill('Closed.');
    await page.getByRole('button', { name: 'Take it out of use' }).click();
    expect(await texts(page, '.govuk-error-summary__list')).toEqual([expect.stringContaining('Disable the accounts')]);
  });

  it('let everybody say when they are away, and warn when the deputy is away, too', async () => {
    const page = await visitors.visitor('coordinator', DESK);
    const deputy = await demo('coordinator2');
    await system.dataSource.manager.update(Person, deputy.id, {
      onLeaveFrom: '2126-11-01',
      onLeaveUntil: '2126-11-30',
    });
    const leave = async (from: string, until: string) => {
      await page.goto('/leave');
      for (const [name, date] of Object.entries({ from, until }))
        for (const [index, part] of ['year', 'month', 'day'].entries())
          await page.locator(`#${name}-${part}`).fill(date.split('-')[index] ?? '');
      await page.locator('#delegateId').selectOption(deputy.id);
      await page.getByRole('button', { name: 'Save the leave' }).click();
    };
    await leave('2126-11-20', '2126-11-10');
    expect(await texts(page, '.govuk-error-summary__list')).toEqual(['The last day must not be before the first.']);
    await leave('2126-11-20', '2126-12-10');
    await page.waitForURL(/\/leave\?done=changed/);
    expect(await texts(page, '.app-card b')).toEqual([
      expect.stringContaining('Away from'),
      expect.stringMatching(/Demo Coordinator B is away, too/),
    ]);
    expect(await demo('coordinator')).toMatchObject({ onLeaveFrom: '2126-11-20', delegateId: deputy.id });

    const lead = await visitors.visitor('lead', DESK);
    await lead.goto('/leave');
    await lead.getByRole('link', { name: 'Demo Coordinator A' }).click();
    await press(lead, 'Cancel the leave', /done=cancelled/);
    expect(await demo('coordinator')).toMatchObject({ onLeaveFrom: null, delegateId: deputy.id });
    const other = await visitors.visitor('bravia', DESK);
    expect((await other.goto(`/leave/${deputy.id}`))?.status()).toBe(404);
  });
});
