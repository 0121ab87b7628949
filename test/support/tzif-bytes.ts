interface Compiled {
  /** Offsets from UTC in seconds, by kind of time; the first holds before the first transition. */
  kinds: number[];
  /** Seconds since 1970 and the kind from then on. */
  transitions: [at: number, kind: number][];
  footer: string;
  version?: string;
  leapSeconds?: number;
}

/** A compiled zone as RFC 8536 lays it out: an empty block for readers of version 1, the block of 64 bits, the footer. */
export function tzifBytes({ kinds, transitions, footer, version = '2', leapSeconds = 0 }: Compiled): Buffer {
  const counts = [0, 0, leapSeconds, transitions.length, kinds.length, 4];
  return Buffer.concat([
    header(version, [0, 0, 0, 0, 1, 4]),
    ...[int32(0), Buffer.from([0, 0]), Buffer.from('UTC\0')],
    header(version, counts),
    ...transitions.map(([at]) => int64(at)),
    Buffer.from(transitions.map(([, kind]) => kind)),
    ...kinds.map((offset) => Buffer.concat([int32(offset), Buffer.from([0, 0])])),
    Buffer.from('XYZ\0'),
    Buffer.alloc(leapSeconds * 12),
    Buffer.from(`\n${footer}\n`),
  ]);
}

const header = (version: string, counts: number[]): Buffer =>
  Buffer.concat([Buffer.from(`TZif${version}`), Buffer.alloc(15), ...counts.map(int32)]);

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
