import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkingKeys, privateKeyOf, publicKeysOf, rawKey } from './checkpoint-keys.js';

describe('the keys of checkpoints', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64');
  const publicPem = String(publicKey.export({ format: 'pem', type: 'spki' }));
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('are read from a PEM, also on one line, from 32 bytes in base64, and from a file with either', () => {
    for (const setting of [pem, pem.replaceAll('\n', '\\n'), seed, file('a', pem), file('b', `${seed}\n`)])
      expect(rawKey(createPublicKey(privateKeyOf(setting)))).toEqual(rawKey(publicKey));
  });

  it('may be several for checking: those of before stay', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    const otherPem = String(other.export({ format: 'pem', type: 'spki' }));
    const both = [rawKey(publicKey), rawKey(other)];
    for (const setting of [
      publicPem + otherPem,
      file('c', publicPem + otherPem),
      both.map((raw) => raw.toString('base64')).join(' '),
    ])
      expect(publicKeysOf(setting).map(rawKey)).toEqual(both);
  });

  it('are for checking those that are named, or else the signing key’s own, or none', () => {
    const other = String(generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }));
    const keys = (checkpointKey: string, checkpointPublicKeys: string) =>
      checkingKeys({ checkpointKey, checkpointPublicKeys });
    expect(keys('', '')).toBeNull();
    expect(keys(pem, '')?.map(rawKey)).toEqual([rawKey(publicKey)]);
    expect(keys('/of/the/worker/alone', other)).toHaveLength(1);
  });

  it('are refused with the name of the setting, and never shown', () => {
    expect(() => privateKeyOf('/nowhere/at/all')).toThrow(/^CHECKPOINT_KEY: the file cannot be read \(ENOENT\)/);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' });
    expect(() => privateKeyOf(String(rsa))).toThrow(/^CHECKPOINT_KEY: no Ed25519 key can be read/);
    expect(() => publicKeysOf(file('d', 'something else'))).toThrow(/^CHECKPOINT_PUBLIC_KEYS: no Ed25519 key/);
    expect(() => privateKeyOf(file('e', `${seed}${seed}`))).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(seed) }),
    );
  });
});
