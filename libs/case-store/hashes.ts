import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

export const sha256 = (input: string): string => createHash('sha256').update(input).digest('hex');

/** 128 random bits, so that a hash of short text tells nobody the text. */
export const newSalt = (): string => randomBytes(16).toString('hex');

export const saltedHash = (salt: string, content: unknown): string => sha256(`${salt}:${canonicalJson(content)}`);

/** A stable UUID-shaped id for (who, idempotency key): the same key of the same person always names the same command. */
export function commandIdOf(actorId: string, key: string): string {
  const hex = sha256(`${actorId}:${key}`);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
