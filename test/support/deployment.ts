import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { AppProcess } from './app-process.js';
import type { AppName } from './app-process.js';
import type { Answer } from './system.js';
import { TEST_PAYLOAD_KEYS } from './payload-keys.js';
import { until } from './until.js';
import { freePort } from './free-port.js';

interface Place {
  databaseUrl: string;
  temporalAddress: string;
  smtpUrl?: string;
}

/** The product as processes of their own on one database, with the people of the demonstration. */
export class Deployment {
  private readonly tokens = new Map<string, string>();
  private readonly processes: AppProcess[] = [];

  private constructor(
    readonly dataSource: DataSource,
    private readonly env: NodeJS.ProcessEnv,
    readonly url: string,
  ) {}

  /** @param place of a migrated database, a Temporal server and a mail server */
  static async on({ databaseUrl, temporalAddress, smtpUrl = 'smtp://127.0.0.1:9' }: Place): Promise<Deployment> {
    const dataSource = await new DataSource(databaseOptions(databaseUrl, 4)).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    const port = String(await freePort());
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      DEPLOYMENT: 'trial',
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      PAYLOAD_KEYS: TEST_PAYLOAD_KEYS,
      // Spec files run side by side on one server: each has a queue of its own.
      TEMPORAL_TASK_QUEUE: `case-${randomUUID()}`,
      SMTP_URL: smtpUrl,
      PORT: port,
      LOG_LEVEL: 'error',
    };
    return new Deployment(dataSource, env, `http://127.0.0.1:${port}`);
  }

  /** @param crashAt the named point at which the process dies by SIGKILL */
  async start(app: AppName, crashAt = '', more: NodeJS.ProcessEnv = {}): Promise<AppProcess> {
    const launched = AppProcess.launch(app, { ...this.env, ...more, CRASH_AT: crashAt });
    this.processes.push(launched);
    return launched.isReady();
  }

  /** Ends every process of one kind in good order. */
  async stopApp(app: AppName): Promise<void> {
    await Promise.all(this.processes.filter((one) => one.app === app).map((one) => one.stop()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
    await this.dataSource.destroy();
  }

  /** A request as one of the people of the demonstration. Fails as fetch does when the API dies under it. */
  async call(who: string, method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    return this.fetch(method, path, body, {
      authorization: `Bearer ${await this.token(who)}`,
      ...(key && { 'Idempotency-Key': key }),
    });
  }

  step(who: string, reference: string, verb: string, body: unknown = {}, key: string = randomUUID()) {
    return this.call(who, 'POST', `/api/v1/cases/${reference}/${verb}`, body, key);
  }

  /** The same call with the same key until it is answered with success; a refusal is an answer, too, and an error here. */
  async insist(call: () => Promise<Answer>): Promise<Answer> {
    return until('success', async () => {
      const answer = await call().catch(() => null);
      if (answer && answer.status >= 400 && answer.status < 500)
        throw new Error(`${answer.status}: ${answer.body.detail}`);
      return answer && answer.status < 300 && answer;
    });
  }

  rows<T>(sql: string, ...values: unknown[]): Promise<T[]> {
    return this.dataSource.query<T[]>(sql, values);
  }

  async count(sql: string, ...values: unknown[]): Promise<number> {
    return (await this.rows(sql, ...values)).length;
  }

  private async fetch(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  private async token(who: string): Promise<string> {
    const known = this.tokens.get(who);
    if (known) return known;
    const credentials = { email: `${who}@demo.action48.test`, password: 'action48-demo' };
    const { body } = await this.fetch('POST', '/api/v1/sessions', credentials, {});
    this.tokens.set(who, body.token);
    return body.token as string;
  }
}
