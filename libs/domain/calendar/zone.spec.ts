import { always, type WorkingCalendar } from './calendar.js';
import { civilDate, instantOfLocal } from './civil.js';
import { instantAfterOpen, isOpen } from './open-time.js';
import type { ZoneSource } from './zone-source.js';
import { withZones, Zone } from './zone.js';

const HOUR = 3_600_000;
const at = (time: string): number => Date.parse(`${time}Z`);
const OFFICE: [string, string][] = [['09:00', '17:00']];
const zurich: WorkingCalendar = {
  id: 'zurich',
  version: 1,
  timezone: 'Europe/Zurich',
  weeklyHours: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE },
  holidays: ['2027-07-06'],
  annualHolidays: [],
  specialHours: {},
  closures: [['2027-07-08T12:00', '2027-07-08T13:00']],
};
const history = always(zurich);

/** Zurich without summer time, and how often its offset was asked for. */
class WinterAlways implements ZoneSource {
  reads = 0;

  offsets(name: string): (() => number) | null {
    if (name !== 'Europe/Zurich') return null;
    return () => {
      this.reads += 1;
      return HOUR;
    };
  }
}

/** Monday, Wednesday with the holiday between, and Thursday with the closure: 18 open hours from Monday's opening. */
const due = (): number => instantAfterOpen(history, at('2027-07-05T07:00'), 18 * HOUR);

describe('the zones of another release', () => {
  it('move windows, holidays and closures, and nothing of that stays afterwards', () => {
    const winter = new WinterAlways();
    expect(due()).toBe(at('2027-07-08T09:00'));
    expect(withZones(winter, due)).toBe(at('2027-07-08T10:00'));
    expect(due()).toBe(at('2027-07-08T09:00'));
    expect(withZones(winter, () => isOpen(history, at('2027-07-08T11:00')))).toBe(false);
    expect(isOpen(history, at('2027-07-08T11:00'))).toBe(true);
  });

  it('hold for civil times and dates as well', () => {
    const noon = (): number => instantOfLocal('2027-07-05T12:00', 'Europe/Zurich');
    expect([noon(), withZones(new WinterAlways(), noon)]).toEqual([at('2027-07-05T10:00'), at('2027-07-05T11:00')]);
    const date = (): string => civilDate(at('2027-07-05T22:30'), 'Europe/Zurich');
    expect([date(), withZones(new WinterAlways(), date)]).toEqual(['2027-07-06', '2027-07-05']);
  });

  it('are remembered with their release: the same question is not read again', () => {
    const winter = new WinterAlways();
    const first = withZones(winter, due);
    const { reads } = winter;
    expect(reads).toBeGreaterThan(0);
    expect(due()).not.toBe(first);
    expect(withZones(winter, due)).toBe(first);
    expect(winter.reads).toBe(reads);
  });

  it('are put away again when the work fails', () => {
    const fail = (): never => {
      throw new Error('no such case');
    };
    expect(() => withZones(new WinterAlways(), fail)).toThrow('no such case');
    expect(due()).toBe(at('2027-07-08T09:00'));
  });

  it('may be nested: each ends with its own work', () => {
    const summer: ZoneSource = { offsets: () => () => 2 * HOUR };
    const inner = withZones(new WinterAlways(), () => [withZones(summer, due), due()]);
    expect([...inner, due()]).toEqual([at('2027-07-08T09:00'), at('2027-07-08T10:00'), at('2027-07-08T09:00')]);
  });

  it('are not for work that is finished later', () => {
    expect(() => withZones(new WinterAlways(), async () => due())).toThrow(TypeError);
    expect(due()).toBe(at('2027-07-08T09:00'));
  });

  it('may lack a zone, which is then refused and not taken from elsewhere', () => {
    const nairobi = (): Zone => Zone.named('Africa/Nairobi');
    expect(withZones(new WinterAlways(), () => Zone.exists('Africa/Nairobi'))).toBe(false);
    expect(() => withZones(new WinterAlways(), nairobi)).toThrow('unknown time zone: Africa/Nairobi');
    expect(Zone.exists('Africa/Nairobi')).toBe(true);
  });
});
