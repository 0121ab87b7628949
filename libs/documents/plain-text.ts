import type { Reason } from './reasons.js';

/** Signs of a page, a picture or a message that a program would run, wherever they stand. */
const RUNS = /<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|math|meta|link|base|form|img|xml|\?|x:)/i;
/** A file that says by its first line which program is to read it. */
const FOR_A_PROGRAM = /^\uFEFF?\s*(?:#!|\{\\rtf|MIME-Version:|%!PS|@echo\b|<\?|<!|<[a-z])/i;
// eslint-disable-next-line no-control-regex
const NOT_TEXT = /[\x00-\x08\x0B\x0E-\x1F\x7F]/;

/** Why this is not plain text in UTF-8; null when it is. */
export function checkText(content: Buffer): Reason | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return 'not_allowed';
  }
  if (RUNS.test(text)) return 'web_page';
  return NOT_TEXT.test(text) || FOR_A_PROGRAM.test(text) ? 'not_allowed' : null;
}
