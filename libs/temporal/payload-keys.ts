import { createHash, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const KEY_BYTES = 32;
const ONE_KEY = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]{43}=)$/;

/** Keys for what Temporal keeps: one encrypts, all decrypt. */
export interface PayloadKeys {
  /** Id of the key that encrypts. */
  first: string;
  byId: ReadonlyMap<string, KeyObject>;
}

/**
 * Reads `id:base64key[,id2:…]`, each key 32 bytes; the first encrypts. Null when the text is empty.
 * @throws Error that says which rule is broken, without showing a key
 */
export function payloadKeys(text: string): PayloadKeys | null {
  if (!text) return null;
  const byId = new Map<string, KeyObject>();
  const told = new Set<string>();
  for (const [index, part] of text.split(',').entries()) {
    const [, id, encoded] = ONE_KEY.exec(part.trim()) ?? [];
    if (!id || !encoded) throw new Error(`key ${index + 1} must be id:base64 with 32 bytes in base64`);
    const bytes = Buffer.from(encoded, 'base64');
    const print = createHash('sha256').update(bytes).digest('hex');
    if (byId.has(id)) throw new Error(`the key id ${id} stands twice`);
    if (new Set(bytes).size < KEY_BYTES / 4) throw new Error(`the key ${id} is not random`);
    if (told.has(print)) throw new Error(`the key ${id} is the same as an earlier one`);
    told.add(print);
    byId.set(id, createSecretKey(bytes));
  }
  return { first: [...byId.keys()][0] as string, byId };
}
