import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const LIBRARY = createRequire(import.meta.url).resolve('@simplewebauthn/browser');

/** The two scripts of the sign-in page and the page of passkeys, by name. */
export const SCRIPTS: ReadonlyMap<string, string> = new Map(
  [
    resolve(dirname(LIBRARY), '../dist/bundle/index.umd.min.js'),
    resolve(import.meta.dirname, 'browser/passkeys.js'),
  ].map((path, index) => [['webauthn.js', 'passkeys.js'][index] ?? '', readFileSync(path, 'utf8')]),
);

/** For `<script src>`, in the order in which they run; each changes with its content. */
export const SCRIPT_ADDRESSES: readonly string[] = [...SCRIPTS].map(
  ([name, text]) => `/assets/scripts/${name}?v=${createHash('sha256').update(text).digest('hex').slice(0, 12)}`,
);
