import { randomUUID } from 'node:crypto';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { MailUnsubscribe } from '#libs/database/entities/mail-unsubscribe.entity.js';
import { newUnsubscribeToken, unsubscribePath } from '#libs/mail/unsubscribing.js';
import { dueMail, mailRow } from '../support/mail-rows.js';
import { TestSystem } from '../support/system.js';

const USUAL = { rhythm: null, days: null, from: null, until: null, timezone: 'Europe/Zurich' };
const MINE = { rhythm: 'daily', days: ['tue', 'thu'], from: '10:00', until: '15:30', timezone: 'Africa/Lusaka' };

describe('when and how often somebody is written to', () => {
  let system: TestSystem;
  let coordinator: Person;
  beforeAll(async () => {
    system = await TestSystem.start();
    const email = 'coordinator@demo.action48.test';
    coordinator = await system.dataSource.manager.findOneByOrFail(Person, { email });
  }, 60_000);
  afterAll(() => system.stop());

  const get = async () => (await system.call('coordinator', 'GET', '/api/v1/account/mail')).body;
  const put = (body: object) => system.call('coordinator', 'PUT', '/api/v1/account/mail', body);
  const waiting = (changes: Partial<Mail>) =>
    dueMail(system.dataSource, {
      ...{ personId: coordinator.id, recipient: coordinator.email, sequence: randomUUID() },
      ...{ reader: { timezone: 'Europe/Zurich' }, sendAfter: new Date('2099-01-01T00:00:00Z') },
      ...changes,
    });
  const minutesThere = (at: string): number => {
    const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Lusaka', hour: '2-digit', minute: '2-digit' });
    const [hours, minutes] = time.format(new Date(at)).split(':').map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  };

  it('is as usual until they choose', async () => {
    expect(await get()).toMatchObject({
      ...USUAL,
      usual: { rhythm: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' },
    });
  });

  it('is theirs to choose, and what waits for them goes by it at once', async () => {
    const held = await waiting({ heldFor: 'hours' });
    const digest = await waiting({ class: 'digest', heldFor: 'digest', kind: 'plan' });
    const retried = await waiting({ heldFor: 'retry' });
    const { status, body } = await put(MINE);
    expect([status, body]).toEqual([200, expect.objectContaining(MINE)]);
    const [single, gathered] = [await mailRow(system.dataSource, held), await mailRow(system.dataSource, digest)];
    expect(single.sendAfter.getTime()).toBeLessThan(Date.parse('2098-01-01'));
    expect(gathered.sendAfter.toISOString()).toBe(body.nextDigestAt);
    expect(single.reader).toEqual({
      timezone: 'Africa/Lusaka',
      own: { days: ['tue', 'thu'], from: '10:00', until: '15:30' },
      rhythm: 'daily',
    });
    for (const at of [body.nextMailAt, body.nextDigestAt]) {
      expect(minutesThere(at)).toBeGreaterThanOrEqual(10 * 60);
      expect(minutesThere(at)).toBeLessThan(15 * 60 + 30);
    }
    expect((await mailRow(system.dataSource, retried)).sendAfter).toEqual(retried.sendAfter);
  });

  it('moves with them: what waits goes by the zone that an administrator gives them', async () => {
    await put(USUAL);
    const held = await waiting({ heldFor: 'hours' });
    const path = `/api/v1/people/${coordinator.id}`;
    const headers = { 'If-Match': (await system.call('admin', 'GET', path)).headers.get('etag') ?? '' };
    const moved = await system.call('admin', 'PATCH', path, { timezone: 'America/New_York' }, headers);
    expect(moved.status).toBe(200);
    const { reader, sendAfter } = await mailRow(system.dataSource, held);
    expect(reader).toEqual({ timezone: 'America/New_York' });
    expect(sendAfter.getTime()).toBeLessThanOrEqual(Date.parse((await get()).nextMailAt));
  });

  it('goes back to what is usual with nothing chosen', async () => {
    await put(MINE);
    expect((await put(USUAL)).body).toMatchObject(USUAL);
  });

  it('stops what only informs them when they want none of it, and no more', async () => {
    const informing = await waiting({ class: 'digest', heldFor: 'digest', kind: 'plan' });
    const asking = await waiting({ heldFor: 'hours' });
    const { body } = await put({ ...USUAL, rhythm: 'off' });
    expect(body.nextDigestAt).toBeNull();
    expect(await mailRow(system.dataSource, informing)).toMatchObject({
      state: 'suppressed',
      response: 'the reader does not want digests',
    });
    expect((await mailRow(system.dataSource, asking)).state).toBe('due');
    await put(USUAL);
  });

  it.each([
    ['a day without hours', { ...MINE, from: null, until: null }, 422, 'from'],
    ['hours without a day', { ...MINE, days: null }, 422, 'days'],
    ['hours that end before they begin', { ...MINE, from: '15:00', until: '10:00' }, 422, 'until'],
    ['a zone that is none', { ...MINE, timezone: 'Mars/Olympus' }, 422, 'timezone'],
  ])('refuses %s, and says at which field', async (_what, choices, expected, field) => {
    const { status, body } = await put(choices);
    expect(status).toBe(expected);
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  it.each([
    ['a rhythm that is none', { ...MINE, rhythm: 'hourly' }],
    ['a day that is none', { ...MINE, days: ['tue', 'someday'] }],
    ['the same day twice', { ...MINE, days: ['tue', 'tue'] }],
    ['an hour that is none', { ...MINE, from: '9 o’clock' }],
    ['a field left out', { rhythm: 'daily', days: null, from: null, timezone: 'Europe/Zurich' }],
  ])('refuses %s', async (_what, choices) => {
    expect((await put(choices)).status).toBeGreaterThanOrEqual(400);
    expect((await put(choices)).status).toBeLessThan(500);
  });

  it('tells whoever sends the form of the page without anything what is missing', async () => {
    const answer = await system.call('coordinator', 'POST', '/account/mail', '', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Write a time zone such as Europe/Zurich or Africa/Lusaka.');
  });

  describe('the address in a digest', () => {
    const addressed = async (): Promise<string> => {
      const token = await newUnsubscribeToken(system.dataSource.manager, coordinator.id);
      return `${system.url}${unsubscribePath(token)}`;
    };
    const rhythm = async () =>
      (await system.dataSource.manager.findOneByOrFail(Person, { id: coordinator.id })).mailRhythm;
    beforeEach(() => system.dataSource.manager.update(Person, coordinator.id, { mailRhythm: null }));

    it('changes nothing when it is opened, however often, by whatever scans mails', async () => {
      const address = await addressed();
      for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(address, { method })).status).toBe(200);
      expect(await rhythm()).toBeNull();
      expect(await system.dataSource.manager.countBy(MailUnsubscribe, { personId: coordinator.id })).toBeGreaterThan(0);
    });

    it.each([
      ['a form', () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
      [
        'a form in parts',
        () => {
          const form = new FormData();
          form.set('List-Unsubscribe', 'One-Click');
          return form;
        },
      ],
    ])('stops digests when a mail program posts to it %s, without any cookie; again: no effect', async (_how, body) => {
      const address = await addressed();
      for (let times = 0; times < 2; times += 1) {
        const answer = await fetch(address, { method: 'POST', body: body() });
        expect([answer.status, answer.redirected]).toEqual([200, false]);
        expect(await answer.text()).toContain('Digests are stopped.');
      }
      expect(await rhythm()).toBe('off');
    });

    it('is not found when nobody was given it, and says where else to go', async () => {
      for (const token of ['A'.repeat(43), 'short', '%27']) {
        const address = `${system.url}/unsubscribe/${token}`;
        for (const method of ['GET', 'POST']) expect((await fetch(address, { method })).status).toBe(404);
      }
      expect(await rhythm()).toBeNull();
    });

    it('is good for a year', async () => {
      const address = await addressed();
      await system.dataSource.query(`UPDATE mail_unsubscribe SET made_at = now() - interval '366 days'`);
      expect((await fetch(address, { method: 'POST' })).status).toBe(404);
      expect(await rhythm()).toBeNull();
    });
  });
});
