import type { Address } from 'nodemailer/lib/mailer/index.js';
import { line } from '#libs/text/characters.js';

/** One mailbox, nothing else: no list, no route, no comment, no line break, no quoted part. */
const MAILBOX =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;
const LONGEST = 254;

export class BadAddress extends Error {
  override name = 'BadAddress';
}

/** What nodemailer may be given: an address object, never a string that it would parse again. @throws BadAddress */
export function mailbox(address: string, name: string): Address {
  if (address.length > LONGEST || !MAILBOX.test(address)) throw new BadAddress('not a single mailbox');
  return { address, name: line(name) };
}
