// Secrets of the trial, kept in its data folder: made at the first start, the same ever after, readable by their owner only.
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './terminal.js';

/**
 * The secret of this name; made and kept when there is none yet.
 *
 * @param {string} data the trial's data folder
 * @param {string} name for example PAYLOAD_KEYS
 * @param {() => string} make
 * @returns {string}
 */
export function trialSecret(data, name, make) {
  const file = join(data, 'secrets.json');
  const secrets = readSecrets(file);
  if (typeof secrets[name] === 'string') return secrets[name];
  secrets[name] = make();
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600); // a file left by an earlier try keeps its mode
  renameSync(fresh, file);
  return secrets[name];
}

/** A damaged file is not replaced: whatever was encrypted under its keys would be lost. */
function readSecrets(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Problem(
      `${file} cannot be read as JSON.`,
      'put it back from a copy; npm start -- --reset begins afresh and deletes the trial data',
    );
  }
}
