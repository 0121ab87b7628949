// Where things are and which ports they use: environment settings with fixed defaults.
import { resolve } from 'node:path';
import { Problem } from './terminal.js';

export const ROOT = resolve(import.meta.dirname, '../..');
export const CACHE = resolve(ROOT, '.cache');

/** Every environment setting of the launcher: [name, default, meaning]. */
export const PORTS = [
  ['PORT', 4800, 'web pages and API'],
  ['POSTGRES_PORT', 4832, 'embedded PostgreSQL'],
  ['TEMPORAL_PORT', 4833, 'Temporal development server'],
  ['TEMPORAL_UI_PORT', 4834, 'Temporal UI'],
  ['SMTP_PORT', 4825, 'mail catcher'],
  ['LMTP_PORT', 4826, 'replies by mail'],
];

/** Reads the environment; every wrong value is named in one error. */
export function readSettings(env = process.env) {
  const wrong = [];
  const ports = Object.fromEntries(PORTS.map(([name, preset]) => [name, portOf(env[name] || preset, name, wrong)]));
  const taken = new Map();
  for (const [name, port] of Object.entries(ports)) {
    if (taken.has(port)) wrong.push(`${name} and ${taken.get(port)} are both ${port}`);
    taken.set(port, name);
  }
  if (env.DEPLOYMENT && env.DEPLOYMENT !== 'trial')
    wrong.push(`DEPLOYMENT=${env.DEPLOYMENT}: npm start is the trial; see docs/runbooks/deploy.md for anything else`);
  if (wrong.length) throw new Problem(wrong.join('\n'), 'correct or unset these environment variables');
  return {
    ports,
    data: resolve(ROOT, env.ACTION48_DATA || '.action48'),
    databaseUrl: env.DATABASE_URL || undefined,
    databaseOwnerUrl: env.DATABASE_OWNER_URL || undefined,
    checkpointDir: env.CHECKPOINT_DIR || undefined,
    checkpointKey: env.CHECKPOINT_KEY || undefined,
    temporalAddress: env.TEMPORAL_ADDRESS || undefined,
    temporalNamespace: env.TEMPORAL_NAMESPACE || 'default',
    smtpUrl: env.SMTP_URL || undefined,
    publicUrl: env.PUBLIC_URL || `http://localhost:${ports.PORT}`,
    logLevel: env.LOG_LEVEL || 'warn',
  };
}

function portOf(value, name, wrong) {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65535) wrong.push(`${name}=${value} is not a port (1 to 65535)`);
  return port;
}
