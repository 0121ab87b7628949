// The parts of the trial, in the order in which they need one another.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointKeyFile } from './checkpoint-key.js';
import { runNode, startNode } from './node-part.js';
import { requireFree } from './ports.js';
import { runningServer, startPostgres } from './postgres.js';
import { PORTS, ROOT } from './settings.js';
import { findTemporalBinary, TEMPORAL_CLI } from './temporal-binaries.js';
import { startTemporal } from './temporal.js';
import { trialSecret } from './secrets.js';
import { during, say, seconds } from './terminal.js';

const MAIN = (app) => join(ROOT, `dist/apps/${app}/src/main.js`);
const newKey = () => randomBytes(32).toString('base64');
const newPayloadKey = () => `trial:${newKey()}`;
const STOPS = { apps: 1, catcher: 2, servers: 3 };

export class Trial {
  #settings;
  #supervisor;

  constructor(settings, supervisor) {
    this.#settings = settings;
    this.#supervisor = supervisor;
  }

  /** @returns {Promise<{ databaseUrl: string, temporalAddress: string, smtpUrl: string }>} where everything is */
  async bringUp() {
    await this.#checkPorts();
    const [database, temporalAddress] = await Promise.all([this.#database(), this.#temporal()]);
    const { ports, smtpUrl: given } = this.#settings;
    const { applicationUrl: databaseUrl, ownerUrl } = database;
    const addresses = { databaseUrl, temporalAddress, smtpUrl: given ?? `smtp://127.0.0.1:${ports.SMTP_PORT}` };
    const env = this.#environment(addresses);
    await this.#once('migrate', ['migrate'], { ...env, DATABASE_OWNER_URL: ownerUrl });
    await Promise.all([given ? undefined : this.#catcher(env), this.#once('demo data', ['seed', '--demo'], env)]);
    await Promise.all(['api', 'worker', 'mailer'].map((name) => this.#node(name, MAIN(name), env, STOPS.apps)));
    return addresses;
  }

  async #checkPorts() {
    const { ports, data, databaseUrl, temporalAddress, smtpUrl } = this.#settings;
    const adopted = runningServer(join(data, 'postgres')) !== undefined;
    const unused = new Set([
      ...(databaseUrl || adopted ? ['POSTGRES_PORT'] : []),
      ...(temporalAddress ? ['TEMPORAL_PORT', 'TEMPORAL_UI_PORT'] : []),
      ...(smtpUrl ? ['SMTP_PORT', 'LMTP_PORT'] : []),
    ]);
    const needed = PORTS.filter(([variable]) => !unused.has(variable));
    await requireFree(needed.map(([variable, , purpose]) => ({ variable, purpose, port: ports[variable] })));
  }

  async #database() {
    const { databaseUrl, databaseOwnerUrl, data, ports } = this.#settings;
    if (databaseUrl) {
      say('postgres', 'not started: DATABASE_URL is set');
      return { applicationUrl: databaseUrl, ownerUrl: databaseOwnerUrl ?? '' };
    }
    const folder = join(data, 'postgres');
    const server = await this.#part('postgres', STOPS.servers, () =>
      startPostgres({ folder, port: ports.POSTGRES_PORT }),
    );
    if (server.adopted) say('postgres', 'had been left running by an earlier start, and was taken over');
    return { applicationUrl: server.applicationUrl, ownerUrl: server.url() };
  }

  async #temporal() {
    const { temporalAddress, temporalNamespace: namespace, data, ports } = this.#settings;
    if (temporalAddress) {
      say('temporal', 'not started: TEMPORAL_ADDRESS is set');
      return temporalAddress;
    }
    const { path } = findTemporalBinary(TEMPORAL_CLI);
    const place = { file: join(data, 'temporal.db'), log: this.#log('temporal'), namespace };
    const [port, uiPort] = [ports.TEMPORAL_PORT, ports.TEMPORAL_UI_PORT];
    await this.#part('temporal', STOPS.servers, (context) =>
      startTemporal({ path, port, uiPort, ...place, ...context }),
    );
    return `127.0.0.1:${port}`;
  }

  #catcher(env) {
    return this.#node('catcher', join(import.meta.dirname, 'catcher.js'), env, STOPS.catcher);
  }

  #node(name, file, env, order) {
    const log = this.#log(name);
    return this.#part(name, order, (context) => startNode({ name, file, env, log, ...context }));
  }

  async #part(name, order, launch) {
    const since = Date.now();
    const running = await during(name, 'starting', () => this.#supervisor.start({ name, order, launch }));
    say(name, `ready in ${seconds(since)}`);
    return running;
  }

  async #once(name, args, env) {
    const since = Date.now();
    const log = this.#log(args[0]);
    const { signal } = this.#supervisor;
    await during(name, 'working', () => runNode({ name, file: MAIN('cli'), args, env, log, signal }));
    say(name, `done in ${seconds(since)}`);
  }

  #environment({ databaseUrl, temporalAddress, smtpUrl }) {
    const { ports, publicUrl, logLevel, data, checkpointDir, checkpointKey } = this.#settings;
    return {
      ...process.env,
      DEPLOYMENT: 'trial',
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: '', // for `migrate` alone
      CHECKPOINT_DIR: checkpointDir ?? join(data, 'checkpoints'),
      CHECKPOINT_KEY: checkpointKey ?? checkpointKeyFile(data),
      TEMPORAL_ADDRESS: temporalAddress,
      SMTP_URL: smtpUrl,
      SMTP_PORT: String(ports.SMTP_PORT),
      // Mail that goes elsewhere is answered elsewhere.
      ...(this.#settings.smtpUrl
        ? {}
        : { INBOUND_DOMAIN: 'replies.action48.test', INBOUND_LMTP: `127.0.0.1:${ports.LMTP_PORT}` }),
      PORT: String(ports.PORT),
      PUBLIC_URL: publicUrl,
      LOG_LEVEL: logLevel,
      ACTION48_DATA: data,
      PAYLOAD_KEYS: process.env.PAYLOAD_KEYS || trialSecret(data, 'PAYLOAD_KEYS', newPayloadKey),
      // Nothing is installed for it; every page with documents says that they are not scanned.
      SCANNER_ADDRESS: process.env.SCANNER_ADDRESS || 'none',
      SECRETS_KEY: process.env.SECRETS_KEY || trialSecret(data, 'SECRETS_KEY', newKey),
    };
  }

  /** The log of the start before is kept beside it. */
  #log(name) {
    const folder = join(this.#settings.data, 'logs');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.log`);
    if (existsSync(file)) renameSync(file, join(folder, `${name}.previous.log`));
    return file;
  }
}
