import { advanceClock } from '#libs/case-store/product-time.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { CANARY_FORM } from '../support/form-letters.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

const REASON = 'The State has complained to the President about its offer.';
const SECRETS = ['CANARYFOCALPOINT', 'CANARYOBSTACLESTEXT', 'CANARYDECLARATION', 'WE HAVE IT.'];

describe('a lead who opens what is restricted', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'agree-plan', CANARY_FORM);
  }, 120_000);
  afterAll(() => system.stop());

  const told = async (who: string): Promise<string[]> => {
    const { body } = await one.get(who, '/export');
    return SECRETS.filter((secret) => JSON.stringify(body).toUpperCase().includes(secret));
  };
  const page = async (who: string) => String((await system.call(who, 'GET', `/cases/${one.reference}`)).body);

  it('is shown where to open it, and must say why in 20 characters', async () => {
    expect(await told('lead')).toEqual([]);
    expect(await page('lead')).toContain(`href="/cases/${one.reference}/break-glass"`);
    expect(await page('coordinator')).not.toContain('break-glass');
    const { status, body } = await one.tries('lead', 'break-glass', { reason: 'I want to know.' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ field: 'reason', message: expect.stringContaining('20 to 4000 characters') }]);
    expect(await told('lead')).toEqual([]);
  });

  it('is the only one to whom that is open', async () => {
    for (const who of ['bravia', 'coordinator', 'coordinator2', 'isu', 'legalaid'])
      expect((await one.tries(who, 'break-glass', { reason: REASON })).status).toBe(403);
    for (const who of ['admin', 'president', 'aurelia', 'zelandia'])
      expect((await one.tries(who, 'break-glass', { reason: REASON })).status).toBe(404);
  });

  it('reads all of it for a day; the State and the owner read who, why and until when, and get a mail', async () => {
    const key = 'opened-once';
    const opened = await system.step('lead', one.reference, 'break-glass', { reason: REASON }, key);
    expect(opened.status).toBe(200);
    expect(Date.parse(opened.body.openUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await told('lead')).toEqual(SECRETS);
    for (const who of ['bravia', 'coordinator']) {
      const event = (await one.get(who, '/timeline')).body.items.at(-1);
      expect(event).toMatchObject({
        type: 'glass_broken',
        internal: false,
        actor: { name: 'Demo Coordinator Lead' },
        facts: { until: opened.body.openUntil },
        words: { reason: REASON },
      });
      expect(await page(who)).toContain(REASON);
    }
    for (const who of ['legalaid', 'helvia'])
      expect(JSON.stringify((await one.get(who, '/export')).body)).not.toContain(REASON);
    const mails = await system.dataSource.manager.find(Mail, { where: { kind: 'glass_broken' } });
    const to = [...new Set(mails.map(({ recipient }) => recipient))].sort();
    expect(to).toEqual(
      ['bravia@demo.action48.test', CANARY_FORM.focalPoint.email, 'coordinator@demo.action48.test'].sort(),
    );
    expect(JSON.stringify(mails)).not.toContain(REASON);
  });

  it('is in the access log of the State with that ground, whatever the lead then looks at', async () => {
    await system.call('lead', 'GET', `/cases/${one.reference}`);
    const { items } = (await one.get('bravia', '/access-log')).body;
    const looks = items.filter(({ why }: { why: string[] }) => why.includes('break_glass'));
    expect(new Set(looks.map(({ door }: { door: string }) => door))).toEqual(new Set(['api', 'export', 'page']));
    for (const look of looks)
      expect(look).toMatchObject({ why: ['lead', 'break_glass'], fields: expect.arrayContaining(['restricted']) });
    expect((await one.get('lead', '/access-log')).status).toBe(200);
    const shown = String((await system.call('bravia', 'GET', `/cases/${one.reference}/access`)).body);
    expect(shown).toContain('opened with a reason');
  });

  it('reads no more when the day is over: not on any door, nor by sending the command again with its key', async () => {
    await advanceClock(system.dataSource.manager, 24 * 3_600_000);
    expect(await told('lead')).toEqual([]);
    const again = await system.step('lead', one.reference, 'break-glass', { reason: REASON }, 'opened-once');
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ openUntil: null, consent: null });
    expect(JSON.stringify(again.body).toUpperCase()).not.toContain('CANARYFOCALPOINT');
    expect((await one.get('lead', '/access-log')).status).toBe(403);
    expect(await page('lead')).toContain(`href="/cases/${one.reference}/break-glass"`);
  });

  it('reads all of a case that is the lead’s own by name, and the log says that it is', async () => {
    await one.does('lead', 'take');
    expect(await told('lead')).toEqual(SECRETS);
    expect((await one.seenBy('lead')).openUntil).toBeNull();
    const [look] = (await one.get('bravia', '/access-log')).body.items;
    expect(look.why).toEqual(['lead', 'owner']);
    await one.does('coordinator', 'take');
    expect(await told('lead')).toEqual([]);
  });
});
