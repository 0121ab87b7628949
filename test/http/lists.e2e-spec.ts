import { DataSource } from 'typeorm';
import { QUEUE_NAMES } from '#libs/case-reading/queues.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

describe('the HTTP contract of lists and of the deployment', () => {
  let system: TestSystem;
  const get = (who: string, path: string, headers: Record<string, string> = {}) =>
    system.call(who, 'GET', path, undefined, headers);
  const open = (who: string, changes: object = {}) =>
    system.call(who, 'POST', '/api/v1/requests', { ...requestForm(), ...changes });
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 60_000);
  afterAll(() => system.stop());

  describe('lists', () => {
    const REQUESTS = 37;
    beforeAll(async () => {
      for (let at = 0; at < REQUESTS; at += 1)
        await open('coordinator', {
          requestingState: 'QMK',
          channel: 'meeting_statement',
          receivedAt: '2026-11-20T09:00:00Z',
        });
    }, 60_000);

    it.each(QUEUE_NAMES)('has the queue %s', async (queue) => {
      const { status, body } = await get('coordinator', `/api/v1/cases?queue=${queue}`);
      expect(status).toBe(200);
      expect(body).toEqual({ items: expect.any(Array), next: null });
    });

    it('shows every case of a filter once, page by page, by the address of the next page', async () => {
      const seen: string[] = [];
      let path: string | undefined = '/api/v1/cases?queue=all&state=QMK&stage=submitted&q=kaimoana&limit=10';
      while (path) {
        const { body, headers }: Awaited<ReturnType<typeof get>> = await get('coordinator', path);
        seen.push(...body.items.map((item: { reference: string }) => item.reference));
        path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      }
      expect(seen).toHaveLength(REQUESTS);
      expect(new Set(seen).size).toBe(REQUESTS);
    });

    it('is as many questions to the database for 37 cases as for one', async () => {
      const questions: string[] = [];
      const asked = system.app.get(DataSource);
      const before = asked.logger;
      asked.logger = { ...silent, logQuery: (sql: string) => questions.push(sql) };
      try {
        await get('coordinator', '/api/v1/cases?state=QMK&limit=1');
        const one = questions.splice(0).length;
        const { body } = await get('coordinator', '/api/v1/cases?state=QMK&limit=100');
        expect(body.items).toHaveLength(REQUESTS);
        expect(one).toBeGreaterThan(0);
        expect(questions).toHaveLength(one);
      } finally {
        asked.logger = before;
      }
    });

    it('has the organisations, of responders too, and the States', async () => {
      const codes = async (path: string) =>
        (await get('bravia', path)).body.items.map(({ code }: { code: string }) => code);
      expect(await codes('/api/v1/organisations?role=responder')).toEqual(['COALITION', 'LEGALAID', 'QMX', 'QMY']);
      const first = await get('bravia', '/api/v1/organisations?limit=2');
      expect(first.headers.get('link')).toBe(`</api/v1/organisations?limit=2&cursor=${first.body.next}>; rel="next"`);
      expect(await codes('/api/v1/states')).toContain('QMK');
    });
  });

  describe('deployment', () => {
    it('says that it lives, and what is up or down with the remedy', async () => {
      expect(await get('', '/livez')).toMatchObject({ status: 200, body: { status: 'up' } });
      const { status, body } = await get('', '/readyz');
      expect(status).toBe(body.status === 'up' ? 200 : 503);
      const parts = ['database', 'temporal', 'worker', 'mailer', 'smtp', 'storage', 'scanner'];
      expect(Object.keys(body.parts)).toEqual(parts);
      expect(body.parts.database).toEqual({ status: 'up', needed: true });
      expect(body.parts.mailer).toMatchObject({ status: 'down', remedy: expect.stringContaining('mailer') });
      expect((await get('', '/metrics')).body).toContain('process_cpu_seconds_total');
    });

    it('echoes a request id, and makes one where none or a wrong one is given', async () => {
      const given = await get('bravia', '/api/v1/cases/none', { 'x-request-id': 'trace-1' });
      expect([given.headers.get('x-request-id'), given.body.requestId]).toEqual(['trace-1', 'trace-1']);
      const made = await get('', '/livez', { 'x-request-id': 'no good' });
      expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('lets an administrator move the clock of the demonstration, and nobody else', async () => {
      const before = Date.parse((await get('admin', '/api/v1/demo/clock')).body.now);
      const { status, body } = await system.call('admin', 'POST', '/api/v1/demo/clock', { advance: 'P3D' });
      expect(status).toBe(200);
      expect(Date.parse(body.now) - before).toBeGreaterThanOrEqual(3 * 86_400_000);
      expect((await system.call('coordinator', 'POST', '/api/v1/demo/clock', { advance: 'P3D' })).status).toBe(403);
    }, 60_000);

    it('shows caught mail to an administrator, newest first, in pages', async () => {
      const mail = (subject: string) => [`<${subject}@test>`, subject];
      for (const [id, subject] of ['one', 'two', 'three'].map(mail))
        await system.dataSource.query(
          `INSERT INTO caught_mail (message_id, "from", "to", subject, text, html, headers, received_at)
           VALUES ($1, 'a@test', '{b@test}', $2, '', '', '{}', now())`,
          [id, subject],
        );
      const { body, headers } = await get('admin', '/api/v1/demo/mail?to=B@test&limit=2');
      expect(body.items.map(({ subject }: { subject: string }) => subject)).toEqual(['three', 'two']);
      expect(Object.keys(body.items[0]).sort()).toEqual(
        ['from', 'headers', 'html', 'messageId', 'receivedAt', 'subject', 'text', 'to'].sort(),
      );
      const next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
      expect((await get('admin', next)).body.items).toMatchObject([{ subject: 'one' }]);
      expect((await get('coordinator', '/api/v1/demo/mail')).status).toBe(403);
    });
  });
});

const nothing = () => undefined;
const silent = {
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};
