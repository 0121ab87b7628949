import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(90_000);

const SUMMARY = 'Help with a bill and its penal sanctions.';

describe('one deadline on the pages of its three sides', () => {
  let system: TestSystem;
  let reference = '';
  let dueAt = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
    const steps: [string, string, object][] = [
      ['coordinator', 'acknowledge', { message: 'We have it.' }],
      ['coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' }],
      ['coordinator', 'take', {}],
      ['coordinator', 'triage', { scope: 'law', priority: 'P2', needTypes: ['drafting'], summary: SUMMARY }],
      ['coordinator', 'request-consent', { audience: 'all_matching', summary: SUMMARY }],
      ['bravia', 'give-consent', {}],
      ['coordinator', 'circulate', { organisations: ['QMY'] }],
    ];
    for (const [who, verb, given] of steps) {
      const answer = await system.step(who, reference, verb, given);
      expect({ verb, status: answer.status, problem: answer.body.detail }).toEqual({ verb, status: 200 });
    }
    const { body: view } = await system.call('coordinator', 'GET', `/api/v1/cases/${reference}`);
    dueAt = view.clocks.find(({ name }: { name: string }) => name === 'responder_answer').dueAt;
  });
  afterAll(() => system.stop());

  /** What stands on the page for the instant of the deadline. */
  const shownTo = async (who: string): Promise<string[]> => {
    const { status, body } = await system.call(who, 'GET', `/cases/${reference}`);
    expect(status).toBe(200);
    const times = [...String(body).matchAll(/<time datetime="([^"]+)"><bdi>([^<]+)<\/bdi>/g)];
    return times.flatMap(([, at, text]) => (at === dueAt && text ? [text] : []));
  };
  const clockIn = (timeZone: string): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(Date.parse(dueAt));

  it.each([
    ['the State', 'bravia', 'Africa/Lusaka', 'Lusaka'],
    ['a coordinator in Geneva', 'coordinator', 'Africa/Lusaka', 'Lusaka'],
    ['a responder in Auckland', 'zelandia', 'Pacific/Auckland', 'Auckland'],
  ])('E19: %s sees the same instant, with every zone named', async (_, who, zone, city) => {
    const shown = await shownTo(who);
    expect(shown.length).toBeGreaterThan(0);
    for (const text of shown) {
      expect(text).toMatch(/, 17:00 Geneva \((CET|CEST)\) = /);
      expect(text).toMatch(new RegExp(`= (.+ )?${clockIn(zone)} ${city}$`));
    }
  });

  it('names the other day where the deadline falls on one', async () => {
    const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Pacific/Auckland', weekday: 'short' });
    for (const text of await shownTo('zelandia')) expect(text).toContain(`= ${weekday.format(Date.parse(dueAt))} `);
  });

  it('gives programs one instant in UTC, whoever asks', async () => {
    for (const who of ['bravia', 'coordinator', 'zelandia']) {
      const { body } = await system.call(who, 'GET', `/api/v1/cases/${reference}`);
      const clocks = body.clocks.filter(({ name }: { name: string }) => name === 'responder_answer');
      expect(clocks.map((clock: { dueAt: string }) => clock.dueAt)).toEqual([dueAt]);
    }
    expect(dueAt).toMatch(/T\d\d:00:00\.000Z$/);
  });
});
