import { readPosixTz } from './posix-tz.js';
import { WIDEST_OFFSET_MS } from './zone.js';
import type { OffsetAt } from './zone-source.js';

const HEADER_BYTES = 44;
const TYPE_BYTES = 6;
const COUNTS = 6;
const MAGIC = 'TZif';

/** Thrown where bytes are no compiled zone that can be computed with; names the file. */
export class ZoneFileError extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
  }
}

interface Header {
  version: number;
  leapSeconds: number;
  transitions: number;
  types: number;
  /** Of the data that follow, whose times have 4 bytes in the first block and 8 in the second. */
  bytes: number;
}

/**
 * The offsets of a compiled zone: the 64-bit transitions, and after the last of them the rule of its footer (RFC 8536,
 * version 2 and later). `file` is for messages. Throws ZoneFileError for what is truncated, damaged or of version 1.
 */
export function readTzif(bytes: Uint8Array, file: string): OffsetAt {
  try {
    return offsetsOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    if (error instanceof RangeError) throw new ZoneFileError(file, error.message);
    throw error;
  }
}

function offsetsOf(view: DataView): OffsetAt {
  const first = readHeader(view, 0, 4);
  if (first.version < 2) throw new RangeError('of version 1, which says nothing about times after 2037');
  const second = readHeader(view, HEADER_BYTES + first.bytes, 8);
  // Files under right/ count leap seconds, which no instant here does.
  if (second.leapSeconds > 0) throw new RangeError('counts leap seconds');
  const data = HEADER_BYTES + first.bytes + HEADER_BYTES;
  const times = readTimes(view, data, second);
  const offsets = readOffsets(view, data, second);
  const footer = readFooter(view, data + second.bytes);
  const after = footer === '' ? constant(offsets.at(-1) ?? 0) : readPosixTz(footer);
  const last = times.at(-1) ?? -Infinity;
  return (instant) => (instant >= last ? after(instant) : (offsets[countUpTo(times, instant)] as number));
}

function readHeader(view: DataView, at: number, timeBytes: number): Header {
  const isTzif = view.byteLength >= at + 4 && [...MAGIC].every((letter, i) => letterAt(view, at + i) === letter);
  if (!isTzif) throw new RangeError('is not a compiled time zone (TZif)');
  mustHold(view, at + HEADER_BYTES);
  const [utc, standard, leapSeconds, transitions, types, letters] = Array.from({ length: COUNTS }, (_, index) =>
    view.getUint32(at + HEADER_BYTES - 4 * (COUNTS - index)),
  ) as [number, number, number, number, number, number];
  const ofTypes = types * TYPE_BYTES + letters + standard + utc;
  const bytes = transitions * (timeBytes + 1) + leapSeconds * (timeBytes + 4) + ofTypes;
  mustHold(view, at + HEADER_BYTES + bytes);
  return { version: Number(letterAt(view, at + 4)) || 1, leapSeconds, transitions, types, bytes };
}

const letterAt = (view: DataView, at: number): string => String.fromCharCode(view.getUint8(at));

function mustHold(view: DataView, bytes: number): void {
  if (view.byteLength < bytes) throw new RangeError('ends before all its data');
}

/** The instants of the transitions, in milliseconds. */
function readTimes(view: DataView, data: number, { transitions }: Header): number[] {
  const times = Array.from({ length: transitions }, (_, index) => Number(view.getBigInt64(data + index * 8)) * 1000);
  if (times.some((at, index) => index > 0 && at <= (times[index - 1] as number))) {
    throw new RangeError('has transitions out of order');
  }
  return times;
}

/** The offset before the first transition, and the one after each. */
function readOffsets(view: DataView, data: number, { transitions, types }: Header): number[] {
  const [typeOf, firstType] = [data + transitions * 8, data + transitions * 9];
  const used = Array.from({ length: transitions }, (_, index) => view.getUint8(typeOf + index));
  return [0, ...used].map((type) => {
    if (type >= types) throw new RangeError('uses a kind of time that it does not describe');
    const offset = view.getInt32(firstType + type * TYPE_BYTES) * 1000;
    if (Math.abs(offset) > WIDEST_OFFSET_MS) throw new RangeError('is further from UTC than any place on Earth');
    return offset;
  });
}

function readFooter(view: DataView, at: number): string {
  let footer = '';
  for (let next = at; next < view.byteLength; next++) footer += letterAt(view, next);
  const [, text] = /^\n(.*)\n/.exec(footer) ?? [];
  if (text === undefined) throw new RangeError('ends before its footer');
  return text;
}

const constant = (offset: number) => (): number => offset;

/** How many of the instants are not later than one. */
function countUpTo(times: readonly number[], instant: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
