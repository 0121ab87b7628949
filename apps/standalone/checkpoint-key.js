// The key that signs the trial's checkpoints, beside its data: in production it rests where the database's owner cannot read it.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns {string} the file that holds the private key, made when it is missing */
export function checkpointKeyFile(data) {
  const file = join(data, 'checkpoint.key');
  if (existsSync(file)) return file;
  const { privateKey } = generateKeyPairSync('ed25519');
  // Made beside its place, so that a kill in between leaves no half a key.
  writeFileSync(`${file}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return file;
}
