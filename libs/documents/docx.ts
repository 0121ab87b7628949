import { BadZip, TooMuchInside, unzipped, zipEntries } from './zip.js';
import type { ZipEntry } from './zip.js';
import type { Reason } from './reasons.js';

/** Far more than a document has, and little enough to look through at once. */
const MOST_ENTRIES = 1_000;
const MOST_BYTES = 80 * 1024 * 1024;

const CONTENT_TYPES = '[Content_Types].xml';
const MAIN = 'word/document.xml';
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
/** Macros, controls, other files, and fonts or settings of printers, which are programs or may be. */
const ACTIVE_PART =
  /(^|\/)(vbaProject|vbaData|activeX|embeddings|customUI)|\.(bin|exe|dll|js|vbs|html?|svg|docm|dotm|xlsm|swf|jar|zip)$/i;
const ACTIVE_TYPE = /macroEnabled|vbaProject|activeX|oleObject/i;
/** Word keeps a printer's settings in such a part; nothing runs them. */
const PRINTER = /(^|\/)printerSettings\d*\.bin$/i;
const ELSEWHERE = /\bTargetMode\s*=\s*["']External["']/i;
const LINK = /\bType\s*=\s*["'][^"']*\/hyperlink["']/i;

/** Why this archive is not a Word document that can be handed out; null when it is. */
export async function checkDocx(content: Buffer): Promise<Reason | null> {
  try {
    const entries = zipEntries(content, MOST_ENTRIES);
    if (entries.some(({ encrypted }) => encrypted)) return 'locked';
    if (entries.some(({ name }) => !isInside(name)) || new Set(entries.map(nameOf)).size !== entries.length)
      return 'not_whole';
    const names = entries.map(({ name }) => name);
    if (!names.includes(CONTENT_TYPES) || !names.includes(MAIN)) return 'not_allowed';
    if (names.some((name) => ACTIVE_PART.test(name) && !PRINTER.test(name))) return 'active';
    return await checkParts(entries, content);
  } catch (error) {
    if (error instanceof TooMuchInside) return 'unpacks_too_far';
    if (error instanceof BadZip) return 'not_whole';
    throw error;
  }
}

/** Two parts whose names differ by case alone are one for some programs. */
const nameOf = ({ name }: ZipEntry): string => name.toLowerCase();

/** A part lies in the archive, never beside or above it. */
const isInside = (name: string): boolean =>
  // eslint-disable-next-line no-control-regex
  name !== '' && !/^[/~]|\\|[\x00-\x1f:]/.test(name) && !name.split('/').includes('..');

/** Whether something is fetched as soon as the document is opened; a link that somebody clicks is not. */
const fetches = (relations: string): boolean =>
  relations
    .split('<Relationship')
    .map((one) => one.slice(0, one.indexOf('>') + 1))
    .some((one) => ELSEWHERE.test(one) && !LINK.test(one));

/** Unpacks every part, within one limit for all of them: what an archive claims of sizes is not believed. */
async function checkParts(entries: readonly ZipEntry[], content: Buffer): Promise<Reason | null> {
  let left = MOST_BYTES;
  for (const entry of entries) {
    const part = await unzipped(entry, content, left);
    left -= part.length;
    const text = () => part.toString('utf8');
    if (entry.name === CONTENT_TYPES) {
      if (ACTIVE_TYPE.test(text())) return 'active';
      if (!text().includes(MAIN_TYPE)) return 'not_allowed';
    }
    if (entry.name === MAIN && !/<(?:\w+:)?document\b/.test(text())) return 'not_allowed';
    if (/\.(xml|rels)$/i.test(entry.name) && /<!(?:DOCTYPE|ENTITY)/i.test(text())) return 'active';
    if (entry.name.endsWith('.rels') && fetches(text())) return 'outside';
  }
  return null;
}
