import { randomUUID } from 'node:crypto';
import { lagText } from '#libs/i18n/lag.js';
import { translator } from '#libs/i18n/translator.js';
import { LAG_KINDS } from '#libs/observability/detection-lag.js';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { requestForm } from '../support/request-form.js';
import { until } from '../support/until.js';

jest.setTimeout(240_000);

const TOKEN = 'figures-for-monitoring';
/** What a proxy adds to the request of somebody outside. */
const OUTSIDE = { 'X-Forwarded-For': '203.0.113.9' };
/** Leaves room to end the worker before the case wakes (ms). */
const SOON_MS = 5_000;
const TWO_HOURS_S = 7_200;
const OFFSET = `INSERT INTO deployment (name, value)
  SELECT 'clock_offset_ms', to_jsonb(round(extract(epoch FROM next_wake_at - now()) * 1000)::bigint + $2::bigint)
  FROM assistance_case WHERE reference = $1
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
const LAG = `SELECT extract(epoch FROM recorded_at - effective_at)::float AS seconds FROM case_event WHERE type = 'clock_warned'`;

describe('GET /metrics', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.on({
      databaseUrl: await createTestDatabase(),
      temporalAddress: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
    });
    await deployment.start('api', '', { METRICS_TOKEN: TOKEN });
  });
  afterAll(() => deployment.stop());

  const ask = (headers: Record<string, string> = {}) => fetch(`${deployment.url}/metrics`, { headers });
  const figures = async () => parse(await (await ask()).text());
  const page = async (language: string) => {
    const { token } = (await (
      await fetch(`${deployment.url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'admin@demo.action48.test', password: 'action48-demo' }),
      })
    ).json()) as { token: string };
    const headers = { authorization: `Bearer ${token}`, 'accept-language': language };
    return plain(await (await fetch(`${deployment.url}/system`, { headers })).text());
  };

  it('answers from near by, and elsewhere only with the token: for anybody else there is nothing', async () => {
    const bearer = (token: string) => ({ ...OUTSIDE, authorization: `Bearer ${token}` });
    const asked = await Promise.all([ask(), ask(OUTSIDE), ask(bearer('guessed-by-somebody')), ask(bearer(TOKEN))]);
    expect(asked.map(({ status }) => status)).toEqual([200, 404, 404, 200]);
    const [, refused] = asked;
    const unknown = await fetch(`${deployment.url}/api/nothing-here`);
    const problem = (body: unknown) => ({ ...(body as object), instance: '', requestId: '', detail: '' });
    expect(problem(await refused?.json())).toEqual(problem(await unknown.json()));
  });

  it('has no lag to show while nothing has fallen due', async () => {
    const seen = await figures();
    expect(seen.get('action48_clock_detections{kind="all"}')).toBe(0);
    expect([...seen.keys()].filter((series) => series.startsWith('action48_clock_detection_lag'))).toEqual([]);
    expect(await page('en')).toContain('Nothing fell due in the last 24 hours.');
  });

  it('E01: says while the worker is down since when a step waits, and afterwards how late it was recorded', async () => {
    const worker = await deployment.start('worker');
    const opened = await deployment.call('bravia', 'POST', '/api/v1/requests', requestForm(), randomUUID());
    const reference = opened.body.reference as string;
    await deployment.insist(() => deployment.step('coordinator', reference, 'take'));
    await deployment.rows(OFFSET, reference, -SOON_MS);
    await deployment.insist(() => deployment.step('coordinator', reference, 'add-note', { text: 'It looks again.' }));
    await worker.kill();
    await deployment.rows(OFFSET, reference, TWO_HOURS_S * 1000);
    const waiting = await figures();
    expect(waiting.get('action48_clock_cases_behind')).toBe(1);
    expect(waiting.get('action48_clock_seconds_behind')).toBeGreaterThanOrEqual(TWO_HOURS_S);
    expect(await page('en')).toContain('1 case has a step that is due and not recorded.');

    await deployment.start('worker');
    await until('the warning is recorded', () => deployment.count(LAG));
    const [{ seconds } = { seconds: 0 }] = await deployment.rows<{ seconds: number }>(LAG);
    expect(seconds).toBeGreaterThanOrEqual(TWO_HOURS_S);
    const seen = await figures();
    for (const quantile of ['0.5', '0.99', '1'])
      expect(seen.get(`action48_clock_detection_lag_seconds{kind="warning",quantile="${quantile}"}`)).toBe(seconds);
    expect(seen.get('action48_clock_detections{kind="warning"}')).toBe(1);
    expect(seen.get('action48_clock_detections{kind="breach"}')).toBe(0);
    expect(seen.get('action48_clock_cases_behind')).toBe(0);
    expect(seen.get('action48_open_cases')).toBe(1);
    expect(await page('en')).toContain('1 step fell due in the last 24 hours.');
    expect(await page('fr')).toContain(`99 % en ${plain(lagText(seconds, translator('fr')))} au plus`);
  });

  it('names in its labels kinds and states, never a person, a State or a case', async () => {
    const ours = [...(await figures()).keys()].filter((series) => series.startsWith('action48_'));
    const labels = ours.flatMap((series) =>
      [...series.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const values = (name: string) =>
      [...new Set(labels.filter(([one]) => one === name).map(([, value]) => value))].sort();
    expect([...new Set(labels.map(([name]) => name))].sort()).toEqual(['kind', 'quantile', 'state']);
    expect(values('kind')).toEqual(['all', ...LAG_KINDS].sort());
    expect(values('quantile')).toEqual(['0.5', '0.99', '1']);
    expect(values('state')).toEqual(['due', 'failed', 'in_hand', 'unknown']);
  });
});

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** Prometheus text as value by series. */
function parse(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}
