import { composed, line } from '#libs/text/characters.js';

/** Fields that are a name or a title wherever they stand, also in flat forms (`focalPoint.name`, `title-0`). */
const LINE = /(^|\.)(name|title|lawTitle|subject|fileName)(-\d+)?$/;
/** Fields whose members are names (of holidays, by date). */
const LINES = /(^|\.)names$/;
/** Compared exactly as they were typed. */
const EXACT = /passw/i;

/**
 * Input as it is worked with: every text in one form (NFC), names and titles without what cannot be seen. Passwords stay
 * as they are. Nothing is made longer than a few characters, so limits are checked afterwards.
 */
export function canonical(value: unknown, field = '', lines = false): unknown {
  if (typeof value === 'string')
    return EXACT.test(field) ? value : lines || LINE.test(field) ? line(value) : composed(value);
  if (Array.isArray(value)) return value.map((member) => canonical(member, field, lines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, canonical(member, key, lines || LINES.test(key))]),
  );
}
