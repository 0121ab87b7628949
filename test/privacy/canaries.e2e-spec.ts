import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { OwnTemporal, serverFolder } from '../support/own-servers.js';
import { TEST_PAYLOAD_KEYS } from '../support/payload-keys.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { until } from '../support/until.js';
import { Canaries } from './canary.js';
import { CanaryLife } from './canary-life.js';

jest.setTimeout(300_000);

/** What may stand where, and why. Everything else that is found is a leak. */
const DECLARED: { place: string; field: RegExp; why: string }[] = [
  { place: 'mails', field: /^form\.focalPoint\.(name|email)$/, why: 'the addressee’s own name and address, in To' },
  {
    place: 'the event log',
    field: /^agree-plan\.(responsible|language)$/,
    why: 'who does what in a plan: facts of the process, meant for organisations',
  },
  {
    place: 'addresses',
    field: /^record-adoption\.url$/,
    why: 'the link to the published law, on the page of its case',
  },
  { place: 'the event log', field: /^record-adoption\.(number|url)$/, why: 'of a published law' },
];

const PASSWORD = 'action48-demo';

describe('what people write', () => {
  const canaries = new Canaries();
  const found: { place: string; fields: string[] }[] = [];
  const urls: string[] = [];
  let folder: string;
  let temporal: OwnTemporal;
  let sink: SmtpSink;
  let deployment: Deployment;
  let apps: { app: string; output: string }[];

  beforeAll(async () => {
    folder = serverFolder();
    [temporal, sink] = await Promise.all([OwnTemporal.start(folder), SmtpSink.start()]);
    const databaseUrl = await createTestDatabase();
    deployment = await Deployment.on({ databaseUrl, temporalAddress: temporal.address, smtpUrl: sink.url });
    apps = await start(TEST_PAYLOAD_KEYS);
  });
  afterAll(async () => {
    await deployment.stop();
    await temporal.kill();
    await sink.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (keys: string) =>
    Promise.all(
      (['api', 'worker', 'mailer'] as const).map((app) =>
        deployment.start(app, '', { LOG_LEVEL: 'trace', MAIL_SINK: 'yes', PAYLOAD_KEYS: keys }),
      ),
    );

  const visit = async (path: string, init: RequestInit = {}) => {
    urls.push(path);
    const answer = await fetch(deployment.url + path, { redirect: 'manual', ...init });
    urls.push(answer.headers.get('location') ?? '');
    return answer;
  };

  /** Everything that the Temporal server has written, as it lies on the disk. */
  const temporalFiles = (): Buffer =>
    Buffer.concat(
      readdirSync(folder)
        .filter((name) => name.startsWith('temporal.db'))
        .map((name) => readFileSync(join(folder, name))),
    );

  const text = async (sql: string): Promise<string> => JSON.stringify(await deployment.rows(sql));

  /** Pages, as people use them: a wrong sign-in, a draft with wrong answers, a step that is refused. */
  async function usePages(reference: string): Promise<void> {
    const form = (fields: Record<string, string>, cookie = '') => ({
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { cookie },
    });
    await visit(
      '/sign-in',
      form({ email: canaries.address('sign-in.email'), password: canaries.in('sign-in.password') }),
    );
    const signedIn = await visit('/sign-in', form({ email: 'bravia@demo.action48.test', password: PASSWORD }));
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    canaries.planted.set('the session of a page', cookie.split('=')[1] ?? '');
    const draft = (await visit('/requests/new', { headers: { cookie } })).headers.get('location') ?? '';
    const page = await (await visit(draft, { headers: { cookie } })).text();
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    canaries.planted.set('the token of forms', _csrf);
    const wrong = await visit(
      `${draft}/contacts`,
      form(
        { _csrf, 'focalPoint.name': canaries.in('draft.name'), 'focalPoint.email': canaries.in('draft.email') },
        cookie,
      ),
    );
    expect([404, 422]).toContain(wrong.status);
    await visit(
      `${draft}/need`,
      form({ _csrf, needDescription: canaries.in('draft.needDescription'), then: 'later' }, cookie),
    );
    const refused = await visit(
      `/cases/${reference}/answer`,
      form({ _csrf, answers: canaries.in('page.answers') }, cookie),
    );
    expect(refused.status).toBeGreaterThanOrEqual(400);
    for (const path of ['/requests', `/cases/${reference}`]) {
      const html = await (await visit(path, { headers: { cookie } })).text();
      urls.push(...[...html.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, url]) => url ?? ''));
    }
  }

  /** What is wrong, refused, or makes no sense. */
  async function misuse(reference: string): Promise<void> {
    const statuses = [
      await deployment.call('bravia', 'POST', '/api/v1/requests', {
        leadMinistry: canaries.in('wrong.form'),
        extra: canaries.in('wrong.extra'),
      }),
      await deployment.step('coordinator', reference, 'acknowledge', { message: canaries.in('refused.message') }),
      await deployment.step('bravia', reference, 'withdraw', { reason: canaries.in('refused.reason') }),
      await deployment.step('aurelia', reference, 'withdraw', { reason: canaries.in('stranger.reason') }),
    ].map(({ status }) => status);
    expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
    await visit('/api/v1/requests', {
      method: 'POST',
      body: `{"leadMinistry": "${canaries.word('broken.json')}`,
      headers: { 'content-type': 'application/json' },
    });
    await visit('/api/v1/sessions', { headers: { authorization: `Bearer ${canaries.word('a wrong token')}` } });
    await visit('/api/v1/sessions', {
      method: 'POST',
      body: JSON.stringify({ email: canaries.address('api.email'), password: canaries.in('api.password') }),
      headers: { 'content-type': 'application/json', 'x-request-id': `${canaries.word('request id')}\u00e4` },
    });
  }

  /** A refusal that quotes what somebody wrote. */
  async function quoted(field: string): Promise<void> {
    const life = new CanaryLife(deployment, canaries);
    const reference = await life.open();
    for (const verb of ['acknowledge', 'verify', 'take', 'triage'] as const)
      await life.does('coordinator', reference, verb);
    const body = { audience: [canaries.word(field)], summary: canaries.in(`${field}.summary`) };
    const { status, body: problem } = await deployment.step('coordinator', reference, 'request-consent', body);
    expect(status).toBe(409);
    expect(problem.detail).toContain(canaries.word(field));
  }

  it('is lived through, in every text of every step', async () => {
    const life = new CanaryLife(deployment, canaries);
    const reference = await life.whole();
    await life.others();
    await quoted('refused.audience');
    await misuse(reference);
    await usePages(reference);
    urls.push(
      ...life.answers.flatMap(({ url, headers }) => [url, headers.get('location') ?? '', headers.get('link') ?? '']),
    );
    await until(
      'every mail is sent',
      async () =>
        !(await deployment.count(
          `SELECT 1 FROM mail WHERE state IN ('due', 'claimed', 'sending') AND send_after <= now()`,
        )),
    );
    expect(canaries.planted.size).toBeGreaterThan(70);
    expect(sink.mails.length).toBeGreaterThan(5);
    const kept = await text('SELECT content FROM case_text UNION ALL SELECT form::text FROM case_request');
    expect(canaries.foundIn(kept).length).toBeGreaterThan(50); // that they were written at all
  });

  it('stands in no log, mail, address, figure, event, nor anywhere in Temporal', async () => {
    const metrics = await (await visit('/metrics')).text();
    urls.push(
      ...sink.mails.flatMap(({ parsed }) =>
        [...`${parsed.text} ${String(parsed.html)}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([url]) => url),
      ),
    );
    const places: Record<string, string | Buffer> = {
      'the logs of the api': apps[0]?.output ?? '',
      'the logs of the worker': apps[1]?.output ?? '',
      'the logs of the mailer': apps[2]?.output ?? '',
      'Temporal’s files': temporalFiles(),
      addresses: urls.join('\n'),
      mails: sink.mails
        .flatMap(({ raw, parsed }) => [raw, parsed.subject, parsed.text, String(parsed.html)])
        .join('\n'),
      'the mail ledger': await text('SELECT kind, sequence, parameters, message_id, response FROM mail'),
      metrics,
      'the event log': await text('SELECT * FROM case_event'),
      'facts of the deployment': await text('SELECT * FROM deployment'),
      'administrative acts': await text('SELECT * FROM admin_event'),
    };
    for (const [place, content] of Object.entries(places)) {
      expect({
        place,
        empty: content.length === 0 && !place.startsWith('the logs') && place !== 'administrative acts',
      }).toEqual({ place, empty: false });
      found.push({ place, fields: canaries.foundIn(content) });
    }
    const leaks = found.flatMap(({ place, fields }) =>
      fields.flatMap((field) =>
        DECLARED.some((one) => one.place === place && one.field.test(field)) ? [] : `${field} in ${place}`,
      ),
    );
    expect(leaks).toEqual([]);
    expect(Object.values(places).join('').length).toBeGreaterThan(100_000);
  });

  it('is still in every place for which an exception is declared', () => {
    const idle = DECLARED.filter(
      ({ place, field }) => !found.find((one) => one.place === place)?.fields.some((one) => field.test(one)),
    );
    expect(idle).toEqual([]);
  });

  it('would be found in Temporal if it were not encrypted there', async () => {
    for (const app of ['api', 'worker'] as const) await deployment.stopApp(app);
    await start('');
    const field = `unencrypted.${randomUUID()}`;
    await quoted(field);
    expect(canaries.foundIn(temporalFiles())).toEqual([field]);
  });
});
