import { domainToASCII } from 'node:url';
import type { Address } from 'nodemailer/lib/mailer/index.js';
import { line } from '#libs/text/characters.js';

/** One mailbox, nothing else: no list, no route, no comment, no line break, no quoted part. */
const MAILBOX =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;
const LONGEST = 254;

export class BadAddress extends Error {
  override name = 'BadAddress';
}

/** Letters, digits and marks of any script: what the labels of an international domain are made of. */
const INTERNATIONAL = /^[\p{L}\p{M}\p{Nd}.-]+$/u;

/** What nodemailer may be given: an address object, never a string that it would parse again. @throws BadAddress */
export function mailbox(given: string, name: string): Address {
  const address = inAscii(given);
  if (address.length > LONGEST || !MAILBOX.test(address)) throw new BadAddress('not a single mailbox');
  return { address, name: headerText(name) };
}

/** A domain in letters of other scripts under the name that the DNS knows; anything else as it is. */
function inAscii(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const isOther = address.length <= LONGEST && /\P{ASCII}/u.test(domain) && INTERNATIONAL.test(domain);
  return isOther ? `${address.slice(0, at)}@${domainToASCII(domain)}` : address;
}

/**
 * Words of a header (a subject, a name): one line, nothing unseen. `=?` begins an encoded word (RFC 2047), which a reader's
 * program would decode, line breaks included.
 */
export const headerText = (text: string): string => line(text).replaceAll('=?', '= ?');
