import { hasZipEnd } from './zip.js';
import type { Reason } from './reasons.js';

const HEADER = /^%PDF-(?:1\.[0-7]|2\.0)[\r\n\s]/;
/** Where readers look for the end mark. */
const TAIL_BYTES = 1_024;
/** Long enough that compressed bytes do not spell them by chance. */
const ACTIVE = ['/JavaScript', '/Launch', '/EmbeddedFile', '/RichMedia'];
const PAGE = /<\s*(?:!doctype\s+html|html|script|svg)[\s>]/i;

/** Why this is not a PDF that can be handed out; null when it is. */
export function checkPdf(content: Buffer): Reason | null {
  const text = content.toString('latin1');
  if (!HEADER.test(text.slice(0, 16)) || !text.slice(-TAIL_BYTES).includes('%%EOF')) return 'not_whole';
  if (hasZipEnd(content) || PAGE.test(text.slice(0, TAIL_BYTES))) return 'two_in_one';
  // A name may be written with its letters as numbers: /J#61vaScript.
  const plain = text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  if (ACTIVE.some((name) => plain.includes(name))) return 'active';
  return plain.includes('/Encrypt') ? 'locked' : null;
}
