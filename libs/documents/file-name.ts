import { line } from '#libs/text/characters.js';
import { ENDINGS } from './file-types.js';
import type { FileType } from './file-types.js';

/** So many characters of a name are kept, its ending included. */
const LONGEST = 120;
/** What file systems, shells and headers read as something else. */
const SPECIAL = /[<>:"|?*\\/%;`$]/g;
/** Names that Windows keeps for devices, with any ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|$)/i;
const NAMELESS = 'document';

/**
 * The name under which a file is kept and handed out: one line that shows what it is, of no folder, with the ending of
 * what its content is (`invoice.exe` that is a PDF becomes `invoice.exe.pdf`).
 */
export function fileName(given: string, type: FileType | null): string {
  const last =
    given
      .replace(/\p{Surrogate}/gu, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const bare = line(last).replace(SPECIAL, '_');
  const clean = withoutEdges(bare).replace(DEVICES, '_$1');
  const ending = type ? ENDINGS[type] : '';
  const stem = ending && clean.toLowerCase().endsWith(ending) ? clean.slice(0, -ending.length) : clean;
  const kept = [...stem].slice(0, LONGEST - ending.length).join('');
  return (withoutEdges(kept) || NAMELESS) + ending;
}

const EDGE = /[.\s]/;

/** Without dots and blanks before and after; a pattern for those behind would take quadratic time. */
function withoutEdges(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && EDGE.test(text.charAt(from))) from += 1;
  while (to > from && EDGE.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
