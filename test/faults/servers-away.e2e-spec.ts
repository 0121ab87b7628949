import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { AppProcess } from '../support/app-process.js';
import { Deployment } from '../support/deployment.js';
import { dueMail, mailRow } from '../support/mail-rows.js';
import { OwnPostgres, OwnTemporal, serverFolder } from '../support/own-servers.js';
import { requestForm } from '../support/request-form.js';
import { SmtpSink } from '../support/smtp-sink.js';
import type { Answer } from '../support/system.js';
import { until } from '../support/until.js';

jest.setTimeout(240_000);

const CASES = 4;
const NOTES_PER_CASE = 6;
const NOTES = CASES * NOTES_PER_CASE;
/** The cases wake this long after the batch begins (ms), while Temporal is away. */
const SOON_MS = 5_000;

describe('a server that goes away', () => {
  const folder = serverFolder();
  let temporal: OwnTemporal;
  let postgres: OwnPostgres;
  let sink: SmtpSink;
  let deployment: Deployment;
  let processes: AppProcess[];
  beforeAll(async () => {
    [temporal, postgres, sink] = await Promise.all([
      OwnTemporal.start(folder),
      OwnPostgres.start(folder),
      SmtpSink.start(),
    ]);
    const place = { databaseUrl: postgres.url, temporalAddress: temporal.address, smtpUrl: sink.url };
    deployment = await Deployment.on(place);
    const settings = { COMMAND_DEADLINE_MS: '2500' };
    processes = await Promise.all(
      (['api', 'worker', 'mailer'] as const).map((app) => deployment.start(app, '', settings)),
    );
  });
  afterAll(async () => {
    await deployment.stop();
    await Promise.all([temporal.kill(), postgres.remove(), sink.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (key: string = randomUUID()): Promise<Answer> =>
    deployment.call('bravia', 'POST', '/api/v1/requests', requestForm(), key);
  const openOne = async (): Promise<string> => (await deployment.insist(open)).body.reference as string;
  const acknowledge = (reference: string, key: string): Promise<Answer> =>
    deployment.step('coordinator', reference, 'acknowledge', { message: 'We have it.' }, key);
  const events = (reference: string, type: string): Promise<number> =>
    deployment.count(
      `SELECT 1 FROM case_event e JOIN assistance_case c ON c.id = e.case_id WHERE c.reference = $1 AND e.type = $2`,
      reference,
      type,
    );
  const saysThatNothingIsLost = (answer: Answer) => {
    expect(answer).toMatchObject({ status: 503, body: { title: expect.any(String), status: 503 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.body.detail).toMatch(/^Nothing .*is lost/);
  };
  /** From now on the next thing falls due on every open case in SOON_MS. */
  const letAllFallDueSoon = () =>
    deployment.dataSource.query(
      `INSERT INTO deployment (name, value)
       SELECT 'clock_offset_ms', to_jsonb(round(extract(epoch FROM max(next_wake_at) - now()) * 1000)::bigint - $1::bigint)
       FROM assistance_case`,
      [SOON_MS],
    );
  const everythingIsDue = () =>
    deployment.count(
      `SELECT 1 FROM assistance_case, deployment WHERE name = 'clock_offset_ms'
       HAVING bool_and(next_wake_at < now() + make_interval(secs => (value::text)::bigint / 1000.0))`,
    );

  it('kill -9 of Temporal amid a batch of steps: nothing acknowledged is lost, nothing is applied twice, what fell due is recorded once', async () => {
    const references = await Promise.all(Array.from({ length: CASES }, openOne));
    for (const reference of references)
      await deployment.insist(() => deployment.step('coordinator', reference, 'take'));
    await letAllFallDueSoon();
    const acknowledged: { reference: string; version: number }[] = [];
    const batch = Promise.all(
      references.map(async (reference) => {
        for (let note = 0; note < NOTES_PER_CASE; note += 1) {
          const key = randomUUID();
          const add = () => deployment.step('coordinator', reference, 'add-note', { text: `Note ${note}` }, key);
          const { body } = await deployment.insist(add);
          acknowledged.push({ reference, version: body.version });
        }
      }),
    );
    await until('a third is acknowledged', () => acknowledged.length >= NOTES / 3);
    await temporal.kill();
    await until('the cases are due', everythingIsDue);
    await temporal.start();
    await batch;

    expect(acknowledged).toHaveLength(NOTES);
    for (const reference of references) {
      expect(await events(reference, 'note_added')).toBe(NOTES_PER_CASE);
      await until('what fell due is recorded', () => events(reference, 'clock_warned'));
      await deployment.insist(() => deployment.step('coordinator', reference, 'add-note', { text: 'The last one' }));
      expect(await events(reference, 'clock_warned')).toBe(1);
    }
    const kept = await deployment.rows<{ reference: string; version: number }>(
      `SELECT c.reference, e.version FROM case_event e JOIN assistance_case c ON c.id = e.case_id WHERE e.type = 'note_added'`,
    );
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
  });

  it('Temporal away: a request is taken all the same; a step waits for its second sending and counts once', async () => {
    const running = await openOne();
    await temporal.kill();
    const opened = await open();
    expect(opened.status).toBe(201);
    const key = randomUUID();
    saysThatNothingIsLost(await acknowledge(running, key));
    saysThatNothingIsLost(await acknowledge(opened.body.reference, key.toUpperCase()));
    await temporal.start();
    for (const reference of [running, opened.body.reference]) {
      const sent = reference === running ? key : key.toUpperCase();
      const answer = await deployment.insist(() => acknowledge(reference, sent));
      expect(answer.body).toMatchObject({ reference, stage: 'verification' });
      expect((await acknowledge(reference, sent)).body).toEqual(answer.body);
      expect(await events(reference, 'acknowledged')).toBe(1);
    }
  });

  it('the worker away: the same', async () => {
    const reference = await openOne();
    await deployment.stopApp('worker');
    const key = randomUUID();
    saysThatNothingIsLost(await acknowledge(reference, key));
    expect(await events(reference, 'acknowledged')).toBe(0);
    processes[1] = await deployment.start('worker');
    const answer = await deployment.insist(() => acknowledge(reference, key));
    expect(answer.body).toMatchObject({ reference, stage: 'verification' });
    expect(await events(reference, 'acknowledged')).toBe(1);
  });

  it('PostgreSQL gone and back: 503 meanwhile, then everything goes on in the same processes', async () => {
    const reference = await openOne();
    await postgres.crash();
    const [key, requestKey, lastKey] = [randomUUID(), randomUUID(), randomUUID()];
    saysThatNothingIsLost(await deployment.call('coordinator', 'GET', `/api/v1/cases/${reference}`));
    saysThatNothingIsLost(await acknowledge(reference, key));
    saysThatNothingIsLost(await open(requestKey));
    await postgres.start();

    const opened = await deployment.insist(() => open(requestKey));
    await deployment.insist(() => acknowledge(reference, key));
    await deployment.insist(() => acknowledge(opened.body.reference, lastKey));
    for (const one of [reference, opened.body.reference]) expect(await events(one, 'acknowledged')).toBe(1);
    const mail = await dueMail(deployment.dataSource);
    await until('mail goes out', async () => (await mailRow(deployment.dataSource, mail)).state === 'sent');
    expect(sink.to(mail.recipient)).toHaveLength(1);
    expect(processes.map(({ isRunning }) => isRunning)).toEqual([true, true, true]);
  });
});
