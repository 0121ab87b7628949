import { COMMON_PASSWORDS } from './common-passwords.js';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
/** A shorter name before the `@` may well be a part of a word. */
const SHORTEST_NAME = 4;

export type PasswordFault = 'too_short' | 'too_long' | 'too_common' | 'has_address';

/**
 * What is wrong with a password that somebody has chosen; null when nothing is. Any characters will do: length is what
 * makes it good (OWASP ASVS 5.0, 6.2).
 */
export function passwordFault(password: string, email = ''): PasswordFault | null {
  const { length } = [...password];
  const plain = password.normalize('NFKC').toLowerCase();
  const [name = ''] = email.toLowerCase().split('@');
  if (length < SHORTEST_PASSWORD) return 'too_short';
  if (length > LONGEST_PASSWORD) return 'too_long';
  if (COMMON_PASSWORDS.has(plain)) return 'too_common';
  return name.length >= SHORTEST_NAME && plain.includes(name) ? 'has_address' : null;
}
