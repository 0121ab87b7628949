import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { requestForm } from '../support/request-form.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

/** Leaves room to end the first worker before the case wakes (ms). */
const SOON_MS = 5_000;

describe('kill -9 of the worker or the API', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.on({
      databaseUrl: await createTestDatabase(),
      temporalAddress: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
    });
    await deployment.start('api');
  });
  afterAll(() => deployment.stop());

  const open = async (): Promise<string> => {
    const { status, body } = await deployment.call('bravia', 'POST', '/api/v1/requests', requestForm(), randomUUID());
    expect(status).toBe(201);
    return body.reference as string;
  };
  const events = (reference: string, type: string) =>
    deployment.count(
      `SELECT 1 FROM case_event e JOIN assistance_case c ON c.id = e.case_id WHERE c.reference = $1 AND e.type = $2`,
      reference,
      type,
    );
  const mails = (reference: string, kind: string) =>
    deployment.rows<{ recipient: string }>(
      `SELECT recipient FROM mail m JOIN assistance_case c ON c.id = m.case_id WHERE c.reference = $1 AND m.kind = $2`,
      reference,
      kind,
    );
  const isUnderWay = (reference: string) =>
    until('the workflow runs', () =>
      deployment.count(
        'SELECT 1 FROM assistance_case WHERE reference = $1 AND workflow_started_at IS NOT NULL',
        reference,
      ),
    );

  it.each(['command.before_commit', 'command.after_commit'])(
    'answers a step once, though the worker dies at %s',
    async (crashPoint) => {
      const dying = await deployment.start('worker', crashPoint);
      const reference = await open();
      await isUnderWay(reference);
      const key = randomUUID();
      const step = () => deployment.step('coordinator', reference, 'acknowledge', { message: 'We have it.' }, key);
      const pending = step();
      expect(await dying.ended).toBe('SIGKILL');
      const worker = await deployment.start('worker');

      // The call that was pending, or the same again with its key when its time was up.
      const first = await pending;
      const answer = first.status === 200 ? first : await deployment.insist(step);
      expect([200, 503]).toContain(first.status);
      expect(answer.body).toMatchObject({ reference, stage: 'verification' });
      expect((await step()).body).toEqual(answer.body);

      expect(await events(reference, 'acknowledged')).toBe(1);
      const written = (await mails(reference, 'acknowledgement')).map(({ recipient }) => recipient);
      expect(written.length).toBeGreaterThan(0);
      expect(new Set(written).size).toBe(written.length);
      await worker.kill();
    },
  );

  it('records a reminder once, though the worker dies as it falls due', async () => {
    const worker = await deployment.start('worker');
    const reference = await open();
    const does = async (verb: string, body: unknown = {}) =>
      expect((await deployment.insist(() => deployment.step('coordinator', reference, verb, body))).status).toBe(200);
    await does('acknowledge', { message: 'We have it.' });
    await does('verify', { means: 'mission', evidence: 'Call of today.' });
    await does('take');
    await does('return', { questions: ['Which ministry leads?'] });
    await deployment.dataSource.query(
      `INSERT INTO deployment (name, value)
       SELECT 'clock_offset_ms', to_jsonb(round(extract(epoch FROM next_wake_at - now()) * 1000)::bigint - $2::bigint)
       FROM assistance_case WHERE reference = $1`,
      [reference, SOON_MS],
    );
    await does('add-note', { text: 'The case looks at the clock again.' });
    await worker.kill();

    const dying = await deployment.start('worker', 'wake.before_commit');
    expect(await dying.ended).toBe('SIGKILL');
    expect(await events(reference, 'reminder_due')).toBe(0);
    await deployment.start('worker');
    await until('the reminder is recorded', () => events(reference, 'reminder_due'));
    await does('add-note', { text: 'The case has gone on.' });
    expect(await events(reference, 'reminder_due')).toBe(1);
    const written = (await mails(reference, 'reminder')).map(({ recipient }) => recipient);
    expect(written.length).toBeGreaterThan(0);
    expect(new Set(written).size).toBe(written.length);
  });

  it('keeps a request that was committed, and starts it once, though the API dies before it can', async () => {
    await deployment.stopApp('api');
    const dying = await deployment.start('api', 'open.after_commit');
    const before = await deployment.count('SELECT 1 FROM assistance_case');
    const key = randomUUID();
    const open = () => deployment.call('bravia', 'POST', '/api/v1/requests', requestForm(), key);
    await expect(open()).rejects.toThrow();
    expect(await dying.ended).toBe('SIGKILL');
    expect(await deployment.count('SELECT 1 FROM assistance_case')).toBe(before + 1);

    await deployment.start('api');
    const [again, twice] = await Promise.all([open(), open()]);
    expect(again.status).toBe(201);
    expect(twice.body.reference).toBe(again.body.reference);
    expect(await deployment.count('SELECT 1 FROM assistance_case')).toBe(before + 1);
    await isUnderWay(again.body.reference);
    const step = await deployment.step('coordinator', again.body.reference, 'acknowledge', { message: 'Received.' });
    expect(step.body).toMatchObject({ stage: 'verification', version: 2 });
  });
});
