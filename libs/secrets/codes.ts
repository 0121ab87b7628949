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

/** A random code of which the last sign follows from the others, so that a slip of the hand is known from a guess. */
export function newCheckedCode(signs: number): string {
  const random = newCode(signs - 1).replace(/-/g, '');
  return readCode(random + checkSign(random));
}

/** Whether a code, as `readCode` gives it, could have been made with so many signs. */
export function isWellMade(code: string, signs: number): boolean {
  const bare = code.replace(/-/g, '');
  return bare.length === signs && [...bare].every(isSign) && bare.at(-1) === checkSign(bare.slice(0, -1));
}

const isSign = (sign: string): boolean => SIGNS.includes(sign);

/** Odd, so that no code of one sign alone, which machines and the impatient try, is ever made: those sums are all fourfold. */
const NO_FOUR = 7;

/** Luhn's sum over 32 signs: any one wrong sign changes it, and all but a few exchanges of neighbours do. */
function checkSign(signs: string): string {
  const sum = [...signs].reverse().reduce((total, sign, index) => {
    const value = SIGNS.indexOf(sign) * (index % 2 ? 1 : 2);
    return total + Math.floor(value / SIGNS.length) + (value % SIGNS.length);
  }, NO_FOUR);
  return SIGNS.charAt((SIGNS.length - (sum % SIGNS.length)) % SIGNS.length);
}
