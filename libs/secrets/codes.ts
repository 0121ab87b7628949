import { randomInt } from 'node:crypto';

/** Crockford's base 32: what is taken for a 0 or a 1 is read as one, and no word is spelt by chance. 5 bits a sign. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = /.{4}(?=.)/g;

/** A random code for people to type: `signs` × 5 bits, in groups of four, e.g. `7QK2-M0XD`. */
export const newCode = (signs: number): string =>
  Array.from({ length: signs }, () => SIGNS[randomInt(SIGNS.length)])
    .join('')
    .replace(GROUP, '$&-');

/** A code as it was made, however it was typed: small letters, other gaps, and O, I or L for the digits they look like. */
export const readCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(GROUP, '$&-');
