import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { UndeliveredCases } from '#libs/case-store/undelivered-cases.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import { loadConfig } from '#libs/config/config.js';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { createApp } from '../../apps/api/src/create-app.js';
import { createCaseWorker } from '../../apps/worker/src/case-worker.js';
import { Relay } from '../../apps/worker/src/relay.js';
import { createTestDatabase } from './database.js';
import { TEST_PAYLOAD_KEYS } from './payload-keys.js';
import './quiet-temporal.js';

/** What came back; tests say by their expectations what the body must hold. */
export interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** API, worker, PostgreSQL and Temporal, all real, with the people of the demonstration. */
export class TestSystem {
  private tokens = new Map<string, string>();
  private keys = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly dataSource: DataSource,
    /** With the rights of the application; see `asOwner` for others. */
    readonly databaseUrl: string,
    private readonly stopWorker: () => Promise<void>,
  ) {}

  /** @param settings environment variables beside those that every test has; `PORT` where the address must be known beforehand */
  static async start({
    worker = true,
    settings,
  }: { worker?: boolean; settings?: Record<string, string> } = {}): Promise<TestSystem> {
    const databaseUrl = await createTestDatabase();
    const dataSource = await new DataSource(databaseOptions(databaseUrl)).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    const config = loadConfig({
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
      TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS'],
      PAYLOAD_KEYS: TEST_PAYLOAD_KEYS,
      // Spec files run side by side on one server: each has a queue of its own.
      TEMPORAL_TASK_QUEUE: `case-${randomUUID()}`,
      ...settings,
    });
    const app = await createApp(config);
    await app.listen(Number(settings?.['PORT'] ?? 0), '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const stopWorker = worker ? await startWorker(dataSource, config) : () => Promise.resolve();
    return new TestSystem(app, `http://127.0.0.1:${port}`, dataSource, databaseUrl, stopWorker);
  }

  async stop(): Promise<void> {
    await this.stopWorker();
    await this.app.close();
    await this.dataSource.destroy();
  }

  /** A request as one of the people of the demonstration (`''`: nobody); JSON in, JSON out. */
  async call(who: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const token = who ? await this.token(who) : null;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
    return answer;
  }

  /** One step of a case, with a key of its own unless one is given. */
  step(who: string, reference: string, verb: string, body: unknown = {}, key = `step-${(this.keys += 1)}`) {
    return this.call(who, 'POST', `/api/v1/cases/${reference}/${verb}`, body, { 'Idempotency-Key': key });
  }

  private async token(who: string): Promise<string> {
    const known = this.tokens.get(who);
    if (known) return known;
    const { body } = await this.call('', 'POST', '/api/v1/sessions', {
      email: `${who}@demo.action48.test`,
      password: 'action48-demo',
    });
    this.tokens.set(who, body.token);
    return body.token as string;
  }
}

async function startWorker(
  dataSource: DataSource,
  config: ReturnType<typeof loadConfig>,
): Promise<() => Promise<void>> {
  const store = new CaseStore(dataSource);
  const activities = createCaseActivities(store);
  const { worker, close } = await createCaseWorker(config, process.env['TEST_WORKFLOW_BUNDLE'] ?? '', activities);
  const relay = new Relay(
    new UnstartedCases(dataSource),
    new RuleChanges(dataSource),
    new CaseClient(temporalClient(config), 8_000, config.temporalTaskQueue),
    new UndeliveredCases(dataSource, store),
    () => undefined,
  );
  relay.start();
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await relay.stop();
    await close();
  };
}
