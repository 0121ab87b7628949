import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '#libs/config/config.js';
import type { Config } from '#libs/config/config.js';

/** What mails are signed with (RFC 6376), as nodemailer takes it. */
export interface Dkim {
  domainName: string;
  keySelector: string;
  /** PEM. */
  privateKey: string;
  headerFieldNames: string;
}

/**
 * Headers that are signed where a mail has them. RFC 8058 asks for both of `List-Unsubscribe`; what begins with `Content`
 * and `MIME-Version` decides how the rest is read.
 */
const SIGNED =
  'From:To:Subject:Date:Message-ID:Reply-To:In-Reply-To:References:Auto-Submitted:Content-Language:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:MIME-Version:Content-Type:Content-Transfer-Encoding';

/** RFC 8301: shorter ones are not believed. */
const SHORTEST_BITS = 2_048;

/** A key that cannot sign; says of which setting, never what it holds. */
export class DkimKeyError extends ConfigError {
  override name = 'DkimKeyError';
}

/** Null where mails are not signed. @throws DkimKeyError: nodemailer would send mails unsigned and say nothing */
export function dkimOf({ dkimDomain, dkimSelector, dkimKey }: Config): Dkim | null {
  if (!dkimKey) return null;
  const privateKey = keyOf(dkimKey).export({ format: 'pem', type: 'pkcs8' }) as string;
  return { domainName: dkimDomain, keySelector: dkimSelector, privateKey, headerFieldNames: SIGNED };
}

/** The TXT record that receivers check signatures with: its name, and what it says. @throws DkimKeyError */
export function dkimRecord({ dkimDomain, dkimSelector, dkimKey }: Config): { name: string; text: string } {
  const der = createPublicKey(keyOf(dkimKey)).export({ format: 'der', type: 'spki' });
  return { name: `${dkimSelector}._domainkey.${dkimDomain}`, text: `v=DKIM1; k=rsa; p=${der.toString('base64')}` };
}

function keyOf(setting: string): KeyObject {
  const key = read(setting);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== 'rsa') throw wrong(`it is ${type ?? 'no'} key, and mails are signed with RSA`);
  if ((details?.modulusLength ?? 0) < SHORTEST_BITS) throw wrong(`it is shorter than ${SHORTEST_BITS} bits`);
  return key;
}

function read(setting: string): KeyObject {
  try {
    const pem = setting.includes('-----BEGIN') ? setting : readFileSync(setting, 'utf8');
    // In an environment variable line breaks are often written as two signs.
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch (error) {
    const { code } = error as { code?: string };
    const isAway = code === 'ENOENT' || code === 'EACCES' || code === 'ENAMETOOLONG';
    throw wrong(isAway ? `the file cannot be read (${code})` : 'no private key can be read');
  }
}

const wrong = (why: string): DkimKeyError =>
  new DkimKeyError(
    `DKIM_KEY: ${why}. It takes an RSA key of ${SHORTEST_BITS} bits or more as a PEM, or the path of a file with one.`,
  );
