import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const FORM = 'v1.';

/** What was sealed cannot be read: another key, another place than it was sealed for, or it was changed. */
export class Unreadable extends Error {
  override name = 'Unreadable';

  constructor() {
    super('sealed under another SECRETS_KEY, or changed since');
  }
}

/**
 * What must be kept and read again, as the database holds it: AES-256-GCM under the deployment's key.
 * @param key SECRETS_KEY: 32 bytes in base64
 * @param place what it is and whose, e.g. `mail/<id>`; it can be opened for the same place only
 */
export function seal(key: string, place: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(key, 'seal'), nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return FORM + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was sealed for this place. @throws Unreadable */
export function unseal(key: string, place: string, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url');
  const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(key, 'seal'), nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    const secret = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return secret.toString('utf8');
  } catch {
    throw new Unreadable();
  }
}

/** Bytes as they are kept: nonce, tag, then what is sealed. Key and place as for `seal`, under a key of its own. */
export function sealBytes(key: string, place: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(key, 'bytes'), nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The bytes that were sealed for this place. @throws Unreadable */
export function unsealBytes(key: string, place: string, sealed: Buffer): Buffer {
  const [nonce, tag] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(key, 'bytes'), nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new Unreadable();
  }
}

/**
 * A hash for what is too short to be hashed without a key (codes that people type, addresses of machines): whoever has
 * the database alone cannot try them all.
 * @param place as for `seal`: equal codes of two people have different hashes
 */
export const keyedHash = (key: string, place: string, code: string): string =>
  createHmac('sha256', keyFor(key, 'hash')).update(`${place}\0${code}`).digest('hex');

/** One key for each use, so that none tells of another. */
const keyFor = (key: string, use: 'seal' | 'bytes' | 'hash'): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), '', `action48/${use}`, KEY_BYTES));
