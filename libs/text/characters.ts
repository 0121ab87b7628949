/** Letters of scripts whose writing needs joiners inside words: Persian, Urdu and others in Arabic letters, the scripts of India and of its neighbours. */
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}' +
  '\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}' +
  '\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}';

/** A joiner (U+200C, U+200D) that does something: between two letters of such a script, marks on them included. */
const JOINER_AT_WORK = new RegExp(`(?<=[${JOINING}]\\p{M}?)[\\u200C\\u200D](?=[${JOINING}])`, 'u');

/** Signs of the Arabic and Syriac scripts that Unicode counts among the format characters, but that are seen. */
const SEEN = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2]/u;

/** Format characters, unassigned invisible ones, and fillers that look like nothing. */
const UNSEEN = /\u034F|\u17B4|\u17B5|[\p{Cf}\u115F\u1160\u180E\u3164\uFFA0\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]/gu;

/** What breaks a line or moves a terminal. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** Characters that reorder the text around them: embeddings, overrides, isolates. */
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/gu;

/** One form for what looks the same (NFC), so that a name is found however it was typed. */
export const composed = (text: string): string => text.normalize('NFC');

/**
 * A name, a title, the name of a file, a subject: one line without any character that cannot be seen or that reorders
 * what stands beside it. Letters of every script stay as they are, and joiners where a script needs them.
 */
export function line(text: string): string {
  const flat = composed(text).replace(BREAKS, ' ');
  const seen = flat.replace(UNSEEN, (sign, at: number) => (isAtWork(flat, at, sign) ? sign : ''));
  return seen.replace(/ {2,}/g, ' ').trim();
}

/** Looks at three characters before it and one after it only: the length of the text plays no part. */
function isAtWork(text: string, at: number, sign: string): boolean {
  if (SEEN.test(sign)) return true;
  if (sign !== '\u200C' && sign !== '\u200D') return false;
  const before = Array.from(text.slice(Math.max(0, at - 4), at))
    .slice(-2)
    .join('');
  const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 32);
  return JOINER_AT_WORK.test(before + sign + after);
}

/** `U+202E`, the way Unicode writes it. */
const codeOf = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const POP = '\u2069';
const isIsolate = (sign: string): boolean => sign >= '\u2066' && sign <= '\u2068';

/** Where isolates begin that never end, and ends of none: the others keep what they hold to themselves. */
function unbalanced(text: string): Set<number> {
  const open: number[] = [];
  const alone = new Set<number>();
  for (const { 0: sign, index } of text.matchAll(REORDERING)) {
    if (isIsolate(sign)) open.push(index);
    else if (sign === POP && open.pop() === undefined) alone.add(index);
  }
  return new Set([...alone, ...open]);
}

/**
 * Free text as it is shown: what would reorder the text around it, or hide in which order it was written, is written
 * out (`⟨U+202E⟩`), so that everybody sees that it is there. Isolates that are closed again do neither and stay.
 */
export function visible(text: string): string {
  const alone = unbalanced(text);
  return text.replace(REORDERING, (sign, at: number) =>
    (isIsolate(sign) || sign === POP) && !alone.has(at) ? sign : `⟨${codeOf(sign)}⟩`,
  );
}

/** Text for one line of a log: nothing in it ends the line, colours a terminal or hides. */
export const logged = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) =>
    sign === '\n'
      ? '\\n'
      : sign === '\r'
        ? '\\r'
        : sign === '\t'
          ? '\\t'
          : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
