import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '#libs/config/config.js';

/** What DER puts before the 32 bytes of an Ed25519 key (RFC 8410). */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');

const PEM_BLOCK = /-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----/g;
const RAW_KEY = /^[A-Za-z0-9+/_-]{43}=?$/;

/** A key that cannot be read; says of which setting, never what it holds. */
export class CheckpointKeyError extends ConfigError {
  override name = 'CheckpointKeyError';
}

/** The key that signs, from a PEM, 32 bytes in base64, or the path of a file with either. @throws CheckpointKeyError */
export function privateKeyOf(setting: string): KeyObject {
  return parsed('CHECKPOINT_KEY', () => {
    const text = textOf(setting);
    const key = RAW_KEY.test(text)
      ? createPrivateKey({ key: Buffer.concat([PRIVATE_DER, rawOf(text)]), format: 'der', type: 'pkcs8' })
      : createPrivateKey(text);
    return ed25519(key);
  });
}

/** The keys that signatures are checked with: the present one and those before it. @throws CheckpointKeyError */
export function publicKeysOf(setting: string, named = 'CHECKPOINT_PUBLIC_KEYS'): KeyObject[] {
  return parsed(named, () => {
    const text = textOf(setting);
    const keys = text.match(PEM_BLOCK)?.map((pem) => createPublicKey(pem)) ?? text.split(/\s+/).map(rawPublicKey);
    if (!keys.length) throw new TypeError('none');
    return keys.map(ed25519);
  });
}

/** What a deployment checks signatures with: the keys it names, or else that of its own private key; none: null. */
export function checkingKeys(settings: { checkpointKey: string; checkpointPublicKeys: string }): KeyObject[] | null {
  const { checkpointKey, checkpointPublicKeys } = settings;
  if (checkpointPublicKeys) return publicKeysOf(checkpointPublicKeys);
  return checkpointKey ? [createPublicKey(privateKeyOf(checkpointKey))] : null;
}

/** The 32 bytes of a public key. */
export const rawKey = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);

const rawPublicKey = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_DER, rawOf(text)]), format: 'der', type: 'spki' });

const rawOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** The setting itself when it is a key, else the file that it names. */
function textOf(setting: string): string {
  const isKey =
    setting.includes('-----BEGIN') ||
    setting
      .trim()
      .split(/\s+/)
      .every((word) => RAW_KEY.test(word));
  // In an environment variable line breaks are often written as two signs.
  return (isKey ? setting.replaceAll('\\n', '\n') : readFileSync(setting, 'utf8')).trim();
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`it is ${key.asymmetricKeyType}`);
  return key;
}

function parsed<T>(setting: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const code = (error as { code?: string }).code;
    const why =
      code === 'ENOENT' || code === 'EACCES' ? `the file cannot be read (${code})` : 'no Ed25519 key can be read';
    throw new CheckpointKeyError(
      `${setting}: ${why}. It takes a PEM, 32 bytes in base64, or the path of a file with either.`,
    );
  }
}
