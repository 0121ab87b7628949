import { afterQuiet, quietAt } from './quiet-periods.js';
import { DELIVERED_MAIL_POLICY } from './mail-policy.js';

const { quietPeriods } = DELIVERED_MAIL_POLICY;
const titleAt = (at: string, timezone: string): string | null =>
  quietAt(quietPeriods, timezone, Date.parse(at))?.title ?? null;

describe('a quiet period', () => {
  it('passes the turn of the year, and both its days count where the reader is', () => {
    expect(titleAt('2026-12-19T22:59:59Z', 'Europe/Zurich')).toBeNull();
    expect(titleAt('2026-12-19T23:00:00Z', 'Europe/Zurich')).toBe('Turn of the year');
    expect(titleAt('2027-01-05T22:59:59Z', 'Europe/Zurich')).toBe('Turn of the year');
    expect(titleAt('2027-01-05T23:00:00Z', 'Europe/Zurich')).toBeNull();
    expect(titleAt('2027-01-05T23:00:00Z', 'America/New_York')).toBe('Turn of the year');
  });

  it('is kept only in the zones that it names', () => {
    expect(titleAt('2026-10-14T15:00:00Z', 'America/New_York')).toBe('First Committee of the General Assembly');
    expect(titleAt('2026-10-14T15:00:00Z', 'Europe/Zurich')).toBeNull();
  });

  it('with a year comes once', () => {
    const meeting = [{ title: 'Meeting of States Parties', from: '2026-09-07', until: '2026-09-11' }];
    const at = (date: string) => quietAt(meeting, 'Africa/Lusaka', Date.parse(`${date}T10:00:00Z`)) !== null;
    expect(['2026-09-06', '2026-09-07', '2026-09-11', '2026-09-12', '2027-09-07'].map(at)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('ends with the midnight of its last day, and runs into the next one', () => {
    const end = (at: string) =>
      new Date(afterQuiet(quietPeriods, 'Africa/Lusaka', Date.parse(at)) ?? NaN).toISOString();
    expect(end('2026-12-24T10:00:00Z')).toBe('2027-01-05T22:00:00.000Z');
    const more = [...quietPeriods, { title: 'Retreat', from: '2027-01-06', until: '2027-01-07' }];
    expect(new Date(afterQuiet(more, 'Africa/Lusaka', Date.parse('2026-12-24T10:00:00Z')) ?? NaN).toISOString()).toBe(
      '2027-01-07T22:00:00.000Z',
    );
  });

  it('that never ends is no period: a mail is late rather than never', () => {
    const always = [{ title: 'Always', from: '01-01', until: '12-31' }];
    expect(afterQuiet(always, 'Europe/Zurich', Date.parse('2026-06-01T10:00:00Z'))).toBeNull();
  });
});
