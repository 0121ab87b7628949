import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** The end may be followed by a comment of so many bytes at most. */
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** Something packed in a ZIP archive. Sizes in bytes, `size` as the archive claims. */
export interface ZipEntry {
  name: string;
  encrypted: boolean;
  method: number;
  packed: number;
  size: number;
  at: number;
}

/** The archive contradicts itself, or is of a kind that no word processor writes. */
export class BadZip extends Error {
  override name = 'BadZip';
}

/** It unpacks to more than was allowed. */
export class TooMuchInside extends Error {
  override name = 'TooMuchInside';
}

/** Whether a program that reads archives would find one in these bytes, whatever they begin with. */
export const hasZipEnd = (bytes: Buffer): boolean =>
  bytes.subarray(Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT)).includes(END);

/**
 * The entries of an archive, from its central directory; each is where it says, and nothing is before, between or after.
 * @throws BadZip
 */
export function zipEntries(bytes: Buffer, most: number): ZipEntry[] {
  const end = bytes.length - END_BYTES;
  if (end < 0 || !bytes.subarray(end, end + END.length).equals(END)) throw new BadZip();
  const [count, size, start] = [
    bytes.readUInt16LE(end + 10),
    bytes.readUInt32LE(end + 12),
    bytes.readUInt32LE(end + 16),
  ];
  if (bytes.readUInt16LE(end + 20) !== 0 || start + size !== end) throw new BadZip();
  if (count > most) throw new TooMuchInside();
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > end || bytes.readUInt32LE(at) !== ENTRY) throw new BadZip();
    const nameEnd = at + ENTRY_BYTES + bytes.readUInt16LE(at + 28);
    if (nameEnd > end) throw new BadZip();
    entries.push({
      name: bytes.toString('utf8', at + ENTRY_BYTES, nameEnd),
      encrypted: (bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (at !== end) throw new BadZip();
  checkPlaces(entries, bytes, start);
  return entries;
}

/** No entry may begin before the one in front of it has ended: overlapping ones are how a small archive unpacks to a huge one. */
function checkPlaces(entries: readonly ZipEntry[], bytes: Buffer, until: number): void {
  let last = 0;
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    const start = contentAt(entry, bytes, until);
    // Nothing stands in front of the first one, where another kind of file could begin.
    if (entry.at < last || (last === 0 && entry.at !== 0)) throw new BadZip();
    last = start + entry.packed;
    if (last > until) throw new BadZip();
  }
}

function contentAt({ at, name }: ZipEntry, bytes: Buffer, until: number): number {
  if (at + LOCAL_BYTES > until || bytes.readUInt32LE(at) !== LOCAL) throw new BadZip();
  const nameEnd = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26);
  if (nameEnd > until || bytes.toString('utf8', at + LOCAL_BYTES, nameEnd) !== name) throw new BadZip();
  return nameEnd + bytes.readUInt16LE(at + 28);
}

const unpack = promisify(inflateRaw) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** What is in an entry. @param most bytes. @throws BadZip · TooMuchInside */
export async function unzipped(entry: ZipEntry, bytes: Buffer, most: number): Promise<Buffer> {
  const start = contentAt(entry, bytes, bytes.length);
  const packed = bytes.subarray(start, start + entry.packed);
  if (entry.method === STORED) {
    if (packed.length > most) throw new TooMuchInside();
    if (packed.length !== entry.size) throw new BadZip();
    return packed;
  }
  if (entry.method !== DEFLATED) throw new BadZip();
  if (entry.size > most) throw new TooMuchInside();
  // Not a byte more than it claims is unpacked, and what it claims has its limit above.
  const content = await unpack(packed, { maxOutputLength: entry.size + 1 }).catch(() => {
    throw new BadZip();
  });
  if (content.length !== entry.size) throw new BadZip();
  return content;
}
