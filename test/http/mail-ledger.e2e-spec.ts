import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { HttpCase } from '../support/http-case.js';
import { dueMail, mailRow } from '../support/mail-rows.js';
import { TestSystem } from '../support/system.js';

describe('the ledger of mails', () => {
  let system: TestSystem;
  let one: HttpCase;
  let caseId = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'circulate');
    const { manager } = system.dataSource;
    caseId = (await manager.findOneByOrFail(AssistanceCase, { reference: one.reference })).id;
  }, 120_000);
  afterAll(() => system.stop());

  const get = (who: string, path: string) => system.call(who, 'GET', `/api/v1/mail${path}`);
  const items = async (who: string, query = '') => {
    const { status, body } = await get(who, query);
    expect(status).toBe(200);
    return body.items as Record<string, unknown>[];
  };
  const unsure = (changes: Partial<Mail> = {}): Promise<Mail> =>
    dueMail(system.dataSource, {
      ...{ caseId, kind: 'escalation', sequence: `decided:${Math.random()}`, recipient: 'lead@demo.action48.test' },
      parameters: { reference: one.reference, stage: 'Circulated', timezone: 'Europe/Zurich', path: '/' },
      ...{ state: 'unknown', attempts: 1, response: 'silence after DATA', delivery: 'notice' },
      ...changes,
    });
  const decide = (who: string, { id }: Pick<Mail, 'id'>, what: string, seen = 0, reason = 'The reader has called.') =>
    system.call(who, 'POST', `/api/v1/mail/${id}/${what}`, { reason }, { 'If-Match': `"${seen}"` });

  it('says of every mail to whom it was owed, why, and how it stands', async () => {
    const rows = await items('isu', `?reference=${one.reference}&kind=invitation&limit=200`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(row).toMatchObject({ reference: one.reference, cause: 'circulated', party: 'responder', history: [] });
    const [receipt] = await items('isu', `?reference=${one.reference}&kind=receipt`);
    expect(receipt).toMatchObject({ cause: 'opened', party: 'requester', to: expect.stringContaining('@') });
  });

  it('is searched by recipient, state, what a mail waits for and when; pages follow one another', async () => {
    const held = await unsure({ state: 'due', heldFor: 'quiet', sendAfter: new Date('2031-01-06T08:00:00Z') });
    const found = async (query: string) => (await items('isu', query)).map(({ id }) => id);
    expect(await found('?heldFor=quiet')).toEqual([held.id]);
    expect(await found('?from=2031-01-06&to=2031-01-06')).toEqual([held.id]);
    expect(await found('?from=2031-01-07')).toEqual([]);
    expect(await found('?recipient=LEAD@demo&state=due&heldFor=quiet')).toEqual([held.id]);
    const all = await found(`?reference=${one.reference}&limit=200`);
    const pages: unknown[] = [];
    for (let cursor = ''; ;) {
      const { body, headers } = await get('isu', `?reference=${one.reference}&limit=3${cursor && `&cursor=${cursor}`}`);
      pages.push(...body.items.map(({ id }: { id: string }) => id));
      if (!body.next) break;
      expect(headers.get('link')).toContain('rel="next"');
      cursor = body.next;
    }
    expect(pages).toEqual(all);
    expect((await get('isu', '?cursor=nonsense')).status).toBe(400);
    expect((await get('isu', '?state=lost')).status).toBe(422);
  });

  it.each([
    ['bravia', 404],
    ['legalaid', 404],
    ['president', 404],
    ['', 401],
  ])('is closed to “%s”', async (who, status) => {
    const mail = await unsure();
    for (const path of ['', '/forecast', `/${mail.id}`]) expect((await get(who, path)).status).toBe(status);
    expect((await decide(who, mail, 'send-again')).status).toBe(status);
    expect((await system.call(who, 'GET', '/api/v1/mail.csv')).status).toBe(status);
  });

  it('shows contacts of a State to whoever may read them, and writes down that they were read', async () => {
    const query = `?reference=${one.reference}&kind=receipt`;
    const of = async (who: string) => (await items(who, query)).map(({ to }) => to);
    const addresses = (await of('isu')) as string[];
    expect(addresses.every((to) => typeof to === 'string')).toBe(true);
    for (const who of ['lead', 'admin']) expect(new Set(await of(who))).toEqual(new Set([null]));
    // What is not shown is not found either.
    const found = async (who: string) => items(who, `?recipient=${addresses[0]}`);
    expect((await found('isu')).length).toBeGreaterThan(0);
    for (const who of ['lead', 'admin']) expect(await found(who)).toEqual([]);
    const looks = await system.dataSource.query(
      `SELECT DISTINCT p.email, l.door FROM access_log l JOIN person p ON p.id = l.person_id
       WHERE l.case_id = $1 AND l.door = 'mail' ORDER BY 1`,
      [caseId],
    );
    expect(looks).toEqual([{ email: 'isu@demo.action48.test', door: 'mail' }]);
  });

  it('keeps mails about accounts for whoever looks after accounts', async () => {
    const about = await unsure({
      ...{ kind: 'password_changed', recipient: 'isu@demo.action48.test' },
      parameters: { path: '/account', timezone: 'Europe/Zurich' },
    });
    await system.dataSource.query('UPDATE mail SET case_id = NULL WHERE id = $1', [about.id]);
    expect(await items('admin', '?kind=password_changed')).toMatchObject([
      { id: about.id, reference: null, to: 'isu@demo.action48.test' },
    ]);
    expect(await items('coordinator', '?kind=password_changed')).toEqual([]);
    expect((await get('coordinator', `/${about.id}`)).status).toBe(404);
  });

  it('is exported as exactly what is found, and begins no formula in a spreadsheet', async () => {
    await unsure({ recipientName: '=HYPERLINK("http://evil.example")', kind: 'warning', response: '@SUM(1)' });
    const { body, headers } = await system.call('isu', 'GET', `/api/v1/mail.csv?kind=warning&recipient=lead@`);
    expect(headers.get('content-type')).toContain('text/csv');
    const lines = (body as string).trim().split('\r\n').slice(1);
    expect(lines).toHaveLength((await items('isu', '?kind=warning&recipient=lead@')).length);
    expect(lines.join('\n')).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(lines.join('\n')).toContain(`,'@SUM(1),`);
  });

  describe('a mail that did not arrive for certain', () => {
    it.each(['unknown', 'failed', 'bounced'] as const)(
      'is %s, and goes once more when somebody says so',
      async (state) => {
        const mail = await unsure({ state });
        expect(await items('coordinator', '?undecided=yes&limit=200')).toContainEqual(
          expect.objectContaining({ id: mail.id, state }),
        );
        const { status, body, headers } = await decide('coordinator', mail, 'send-again');
        expect(status).toBe(200);
        expect(headers.get('etag')).toBe('"1"');
        expect(body).toMatchObject({ state: 'due', messageId: mail.messageId, decisions: 1 });
        expect(body.history).toMatchObject([
          { happening: 'sent_again', detail: 'The reader has called.', by: expect.stringMatching(/./) },
        ]);
        // At most once more from here on: a mailer that dies on the way leaves it unknown, and somebody looks again.
        expect(await mailRow(system.dataSource, mail)).toMatchObject({ delivery: 'reminder' });
        const claimed = await new MailLedger(system.dataSource).claim(100);
        expect(claimed.map(({ id }) => id)).toContain(mail.id);
        await new MailLedger(system.dataSource).release(claimed);
      },
    );

    it('is left as it is, and may be sent all the same later', async () => {
      const mail = await unsure();
      const left = await decide('lead', mail, 'leave', 0, 'It was told by telephone.');
      expect(left.body).toMatchObject({ state: 'unknown', leftAt: expect.any(String), decisions: 1 });
      const ids = (await items('lead', '?undecided=yes&limit=200')).map(({ id }) => id);
      expect(ids).not.toContain(mail.id);
      expect((await decide('coordinator', mail, 'send-again', 1)).body).toMatchObject({ state: 'due', leftAt: null });
    });

    it('is decided on once: of two people one decides, and the other is told kindly', async () => {
      const mail = await unsure();
      const both = await Promise.all([decide('coordinator', mail, 'send-again'), decide('lead', mail, 'leave')]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [refused] = both.filter(({ status }) => status === 409);
      expect(refused?.body).toMatchObject({
        type: '/problems/decided-meanwhile',
        detail: expect.stringMatching(/Somebody has decided on this mail meanwhile: .+\. Nothing is changed/),
      });
      const { body } = await get('isu', `/${mail.id}`);
      expect(body.history).toHaveLength(1);
    });

    it('is not decided on twice by the same person who asks twice', async () => {
      const mail = await unsure();
      const answers = await Promise.all([decide('lead', mail, 'send-again'), decide('lead', mail, 'send-again')]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect((await get('isu', `/${mail.id}`)).body.history).toHaveLength(1);
    });

    it('needs a reason, and the ETag of what was read', async () => {
      const mail = await unsure();
      expect((await decide('lead', mail, 'leave', 0, '')).status).toBe(422);
      const without = await system.call('lead', 'POST', `/api/v1/mail/${mail.id}/leave`, { reason: 'Why not.' });
      expect(without.status).toBe(428);
      expect((await mailRow(system.dataSource, mail)).state).toBe('unknown');
    });

    it('is not sent to somebody who may not have it any more, nor a reminder of what is done', async () => {
      const { manager } = system.dataSource;
      const refused = async (mail: Mail) => {
        const { status, body } = await decide('lead', mail, 'send-again');
        expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/not-sent-again' });
        return body.detail as string;
      };
      const done = await unsure({ kind: 'reminder', sequence: 'acknowledge::1:warn' });
      expect(await refused(done)).toContain('has been done or has ended');
      const gone = await manager.findOneByOrFail(Person, { email: 'zelandia@demo.action48.test' });
      await manager.update(Person, gone.id, { active: false });
      expect(await refused(await unsure({ recipient: gone.email }))).toContain('disabled');
      const code = await unsure({ kind: 'sign_in_code', recipient: 'isu@demo.action48.test' });
      await system.dataSource.query('UPDATE mail SET case_id = NULL WHERE id = $1', [code.id]);
      expect((await decide('admin', code, 'send-again')).body.detail).toContain('no longer kept');
    });

    it('is nothing to decide on when it was sent', async () => {
      const { status, body } = await decide('lead', await unsure({ state: 'sent' }), 'send-again');
      expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/nothing-to-decide' });
    });
  });

  it('foretells the mails of one case and of all, with the same addresses hidden', async () => {
    const forecast = async (who: string, query = '') => (await get(who, `/forecast?days=60${query}`)).body;
    const all = await forecast('isu');
    expect(all.days).toBe(60);
    const own = await forecast('isu', `&reference=${one.reference}`);
    expect(own.items.length).toBeGreaterThan(0);
    expect(all.items.length).toBeGreaterThanOrEqual(own.items.length);
    expect(own.items.some(({ kind }: { kind: string }) => kind === 'reminder')).toBe(true);
    const hidden = (await forecast('lead', `&reference=${one.reference}`)).items;
    for (const item of hidden) if (item.party === 'requester') expect(item.to).toBeNull();
    expect((await get('isu', '/forecast?days=91')).status).toBe(422);
    expect((await forecast('isu', '&reference=CCM-A9-2001-0001')).items).toEqual([]);
  });

  it('is on the case for whoever works on it; others see what came to themselves, and nothing of why', async () => {
    const mails = async (who: string) => (await one.get(who, '/mail')).body.items as Record<string, unknown>[];
    const all = await mails('isu');
    const own = await mails('legalaid');
    expect(all.length).toBeGreaterThan(own.length);
    expect(own.map(({ to }) => to)).toEqual(own.map(() => 'legalaid@demo.action48.test'));
    expect(new Set(own.map(({ cause }) => cause))).toEqual(new Set([null]));
    const page = await system.call('isu', 'GET', `/cases/${one.reference}/mail`);
    expect(page.status).toBe(200);
    expect((await system.call('aurelia', 'GET', `/cases/${one.reference}/mail`)).status).toBe(404);
  });
});
