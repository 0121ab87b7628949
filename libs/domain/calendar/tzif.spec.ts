import { tzifBytes } from '../../../test/support/tzif-bytes.js';
import { readTzif, ZoneFileError } from './tzif.js';

const HOUR = 3_600_000;
const at = (time: string): number => Date.parse(`${time}Z`);
const seconds = (time: string): number => at(time) / 1000;

/** Local mean time until 1900, then an hour ahead of UTC, then two until its footer says one again. */
const zone = {
  kinds: [2048, 3600, 7200],
  transitions: [
    [seconds('1900-01-01T00:00'), 1],
    [seconds('2027-03-28T01:00'), 2],
    [seconds('2027-10-31T01:00'), 1],
  ] as [number, number][],
  footer: 'XST-1',
};
const offset = (bytes: Uint8Array, time: string): number => readTzif(bytes, 'Test/Zone')(at(time)) / HOUR;
const problem = (bytes: Uint8Array): string => {
  try {
    readTzif(bytes, 'folder/Test/Zone');
  } catch (error) {
    if (error instanceof ZoneFileError) return error.message;
  }
  return 'no ZoneFileError';
};

describe('a compiled zone', () => {
  it.each([
    ['1899-12-31T23:59:59.999', 2048 / 3600],
    ['1900-01-01T00:00', 1],
    ['2027-03-28T00:59:59.999', 1],
    ['2027-03-28T01:00', 2],
    ['2027-10-31T00:59:59.999', 2],
    ['2027-10-31T01:00', 1],
    ['2190-07-01T00:00', 1],
  ])('changes at its transitions to the millisecond: %s', (time, hours) => {
    expect(offset(tzifBytes(zone), time)).toBe(hours);
  });

  it('follows the rule of its footer from the last transition on, for ever', () => {
    const yearly = tzifBytes({ ...zone, footer: 'XST-1XDT,M3.5.0,M10.5.0/3' });
    expect(offset(yearly, '2027-12-01T00:00')).toBe(1);
    expect(offset(yearly, '2190-07-01T00:00')).toBe(2);
  });

  it('stays as it was when the footer is empty', () => {
    expect(offset(tzifBytes({ ...zone, footer: '' }), '2190-07-01T00:00')).toBe(1);
    expect(offset(tzifBytes({ kinds: [3600], transitions: [], footer: '' }), '2027-01-01T00:00')).toBe(1);
  });

  it('without transitions is its footer, and may be part of a larger buffer', () => {
    const bytes = tzifBytes({ kinds: [0], transitions: [], footer: '<+0545>-5:45', version: '4' });
    const within = Buffer.concat([Buffer.alloc(7), bytes, Buffer.alloc(9)]).subarray(7, 7 + bytes.length);
    expect(offset(within, '1990-01-01T00:00')).toBe(5.75);
  });
});

describe('bytes that are no compiled zone', () => {
  it('are refused wherever they are cut off, and the file is named', () => {
    const bytes = tzifBytes(zone);
    const problems = Array.from({ length: bytes.length }, (_, length) => problem(bytes.subarray(0, length)));
    const refused = /^folder\/Test\/Zone: (ends before|is not a compiled time zone)/;
    expect(problems.filter((one) => !refused.test(one))).toEqual([]);
  });

  it('are refused when they claim more transitions than they hold', () => {
    const bytes = tzifBytes(zone);
    const second = bytes.lastIndexOf('TZif');
    bytes.writeUInt32BE(0xffffffff, second + 32);
    expect(problem(bytes)).toBe('folder/Test/Zone: ends before all its data');
  });

  it.each([
    ['a text', Buffer.from('# tz zone descriptions\n'.repeat(9)), 'is not a compiled time zone (TZif)'],
    ['version 1', tzifBytes({ ...zone, version: '\0' }), 'of version 1, which says nothing about times after 2037'],
    ['leap seconds', tzifBytes({ ...zone, leapSeconds: 27 }), 'counts leap seconds'],
    [
      'transitions out of order',
      tzifBytes({ ...zone, transitions: zone.transitions.toReversed() }),
      'has transitions out of order',
    ],
    [
      'a kind of time that is not there',
      tzifBytes({ ...zone, transitions: [[0, 3]] }),
      'uses a kind of time that it does not describe',
    ],
    ['no kind of time', tzifBytes({ ...zone, kinds: [] }), 'uses a kind of time that it does not describe'],
    ['a day ahead', tzifBytes({ ...zone, kinds: [0, 86_400, 0] }), 'is further from UTC than any place on Earth'],
    ['a footer that is no rule', tzifBytes({ ...zone, footer: 'summer' }), 'not a POSIX TZ string: summer'],
  ])('are refused for %s', (_, bytes, why) => {
    expect(problem(bytes)).toBe(`folder/Test/Zone: ${why}`);
  });
});
