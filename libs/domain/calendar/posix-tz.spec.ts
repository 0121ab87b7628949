import { readPosixTz } from './posix-tz.js';
import { RUNNING_ZONES } from './zone-source.js';

const HOUR = 3_600_000;
const hours = (rule: string, time: string): number => readPosixTz(rule)(Date.parse(`${time}Z`)) / HOUR;

/** Every change that a rule makes between two years, as `date: hours`, found by looking every half hour. */
function changes(rule: string, from: string, to: string): string[] {
  const offset = readPosixTz(rule);
  const found: string[] = [];
  for (let at = Date.parse(`${from}Z`); at < Date.parse(`${to}Z`); at += HOUR / 2) {
    if (offset(at) !== offset(at - 1)) found.push(`${new Date(at).toISOString().slice(0, 16)} ${offset(at) / HOUR}`);
  }
  return found;
}

describe('the rule at the end of a compiled zone', () => {
  it('may be one offset for ever, west of Greenwich when it is positive', () => {
    expect(hours('<-03>3', '2050-01-01T00:00')).toBe(-3);
    expect(hours('ACST-9:30', '2050-07-01T00:00')).toBe(9.5);
  });

  it.each([
    ['Zurich', 'CET-1CEST,M3.5.0,M10.5.0/3', ['2027-03-28T01:00 2', '2027-10-31T01:00 1']],
    [
      'Cairo, to midnight at the end of a day',
      'EET-2EEST,M4.5.5/0,M10.5.4/24',
      ['2027-04-29T22:00 3', '2027-10-28T21:00 2'],
    ],
    [
      'Lord Howe, by half an hour',
      '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0',
      ['2027-04-03T15:00 10.5', '2027-10-02T15:30 11'],
    ],
    ['Nuuk, on the day before', '<-02>2<-01>,M3.5.0/-1,M10.5.0/0', ['2027-03-28T01:00 -1', '2027-10-31T01:00 -2']],
    [
      'Dublin, whose winter time is the exception',
      'IST-1GMT0,M10.5.0,M3.5.0/1',
      ['2027-03-28T01:00 1', '2027-10-31T01:00 0'],
    ],
    [
      'Gaza, fifty hours after a Thursday',
      'EET-2EEST,M3.4.4/50,M10.4.4/50',
      ['2027-03-27T00:00 3', '2027-10-29T23:00 2'],
    ],
    ['days of the year, 29 February not counted', 'XST0XDT,J59/0,J60/0', ['2028-02-28T00:00 1', '2028-02-29T23:00 0']],
    ['days of the year from nought', 'XST0XDT,58/0,59/0', ['2028-02-28T00:00 1', '2028-02-28T23:00 0']],
  ])('changes once forth and once back in a year: %s', (_, rule, expected) => {
    const year = (expected[0] ?? '').slice(0, 4);
    expect(changes(rule, `${year}-01-01T00:00`, `${Number(year) + 1}-01-01T00:00`)).toEqual(expected);
  });

  it('may be summer time all the year', () => {
    expect(changes('XXX3EDT4,0/0,J365/23', '2027-01-01T00:00', '2030-01-01T00:00')).toEqual([]);
    expect(hours('XXX3EDT4,0/0,J365/23', '2027-12-31T23:59')).toBe(-4);
  });

  it.each([
    ['Europe/Zurich', 'CET-1CEST,M3.5.0,M10.5.0/3'],
    ['America/New_York', 'EST5EDT,M3.2.0,M11.1.0'],
    ['Australia/Lord_Howe', '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0'],
  ])('makes the same changes as this Node in years that are past: %s', (zone, rule) => {
    const [running, offset] = [RUNNING_ZONES.offsets(zone)!, readPosixTz(rule)];
    const instants = Array.from({ length: 6_000 }, (_, index) => Date.UTC(2009, 0, 1) + index * 23 * HOUR);
    expect(instants.filter((at) => running(at) !== offset(at))).toEqual([]);
  });

  it.each([
    ...['', 'CET', 'CE-1', 'CET-1CEST', 'CET-1CEST,M3.5.0', 'CET-1 CEST,M3.5.0,M10.5.0', 'CET-1CEST,M3.5.0,M10.5.0/'],
    ...['CET-1CEST,M13.5.0,M10.5.0', 'CET-1CEST,M3.6.0,M10.5.0', 'CET-1CEST,M3.5.7,M10.5.0', 'CET-1CEST,J0,J366'],
  ])('is refused when it is malformed: %s', (rule) => {
    expect(() => readPosixTz(rule)).toThrow(RangeError);
  });
});
