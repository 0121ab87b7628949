import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { always } from '#libs/domain/calendar/calendar.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { RUNNING_ZONES } from '#libs/domain/calendar/zone-source.js';
import { withZones } from '#libs/domain/calendar/zone.js';
import { readClock, type ClockSignal } from '#libs/domain/clock/clock.js';
import { RUNNING_RELEASE } from './running-release.js';
import { readZoneDirectory } from './zone-directory.js';

const HOUR = 3_600_000;
/** Compiled by Debian from release 2025b. */
const RELEASE = 'test/fixtures/zoneinfo/2025b';
/** Compiled from its own tzdata.zi, which says how: Zurich keeps winter time from 2027. */
const MADE_UP = 'test/fixtures/zoneinfo/made-up';

const at = (time: string): number => Date.parse(`${time}Z`);

/** Instants from 1990 to 2037, where the files list each change, and to 2060, where their last line says the rule. */
const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) });

describe('a folder of compiled zones', () => {
  // Should a later release change one of these, take its files: they are compared with those of the running Node.
  it.each([
    ...['Europe/Zurich', 'Europe/Dublin', 'Africa/Cairo', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
    ...['Pacific/Apia', 'America/New_York', 'America/Nuuk'],
  ])('says of %s what this Node says, 1990 to 2060', (zone) => {
    const [compiled, running] = [readZoneDirectory(RELEASE).offsets(zone)!, RUNNING_ZONES.offsets(zone)!];
    const same = fc.property(instant, (when) => expect(compiled(when)).toBe(running(when)));
    fc.assert(same, { numRuns: 2_000 });
  });

  it('says which release it holds', () => {
    expect([RELEASE, MADE_UP].map((folder) => readZoneDirectory(folder).release)).toEqual(['2025b', '2099z-made-up']);
    expect(RUNNING_RELEASE).toMatch(/^\d{4}[a-z]+$/);
  });

  it('knows the zones that it holds, in any case of letters, and nothing outside', () => {
    const zones = readZoneDirectory(RELEASE);
    expect(zones.offsets('europe/zurich')?.(at('2026-07-01T00:00'))).toBe(2 * HOUR);
    for (const name of ['Europe/Vienna', 'Europe', '+VERSION', '../made-up/Europe/Zurich', 'Europe/../Africa/Cairo']) {
      expect(zones.offsets(name)).toBeNull();
    }
  });

  it('moves the deadlines that its rules move, and no other', () => {
    const geneva = always(GENEVA);
    const dueFrom = (start: string) => () =>
      readClock({ startedAt: at(start), targetMs: 8 * HOUR, signals: [] }, geneva, at(start)).dueAt;
    const moved = (start: string): number =>
      (withZones(readZoneDirectory(MADE_UP), dueFrom(start)) ?? 0) - (dueFrom(start)() ?? 0);
    expect(moved('2026-07-01T06:00')).toBe(0);
    expect(moved('2027-01-11T06:00')).toBe(0);
    expect(moved('2027-07-01T06:00')).toBe(HOUR);
  });
});

describe('a host with other time-zone data', () => {
  it('E06: gives the deadlines of a log as the release that they name has them', () => {
    const [release, host] = [readZoneDirectory(RELEASE), readZoneDirectory(MADE_UP)];
    const signals: ClockSignal[] = [
      { at: at('2027-07-01T10:00'), type: 'pause', reason: 'awaiting_state' },
      { at: at('2027-07-05T10:00'), type: 'resume', reason: 'awaiting_state' },
    ];
    const cycle = { startedAt: at('2027-06-30T07:00'), targetMs: 40 * HOUR, signals };
    const readings = (): string =>
      JSON.stringify(
        ['2027-07-01T12:00', '2027-07-06T12:00', '2027-09-01T00:00'].map((when) =>
          readClock(cycle, always(GENEVA), at(when)),
        ),
      );
    const stored = readings();
    const [onHost, replayed] = withZones(host, () => [readings(), withZones(release, readings)]);
    expect(onHost).not.toBe(stored);
    expect(replayed).toBe(stored);
  });
});

describe('a folder that is not whole', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zones-'));
    cpSync(RELEASE, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('names the file that is cut off or is none, once its zone is asked for', () => {
    truncateSync(join(folder, 'Africa/Cairo'), 1_000);
    writeFileSync(join(folder, 'Asia/Kathmandu'), 'five hours and three quarters');
    const zones = readZoneDirectory(folder);
    expect(() => zones.offsets('Africa/Cairo')).toThrow(`${folder}/Africa/Cairo: ends before all its data`);
    expect(() => zones.offsets('Asia/Kathmandu')).toThrow(`${folder}/Asia/Kathmandu: is not a compiled time zone`);
    expect(zones.offsets('Europe/Zurich')?.(0)).toBe(HOUR);
  });

  it('is refused when it does not say its release', () => {
    rmSync(join(folder, '+VERSION'));
    expect(() => readZoneDirectory(folder)).toThrow(`${folder}: neither tzdata.zi nor +VERSION`);
    expect(() => readZoneDirectory(join(folder, 'nowhere'))).toThrow('ENOENT');
  });
});
