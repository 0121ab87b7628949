import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { withinLimits } from './within-limits.js';
import type { Timed } from './within-limits.js';

const MONDAY = Date.parse('2026-11-30T08:00:00Z'); // 09:00 in Geneva
const policy = { ...DELIVERED_MAIL_POLICY, limits: { perHour: 2, perDay: 4 } };
const mail = (changes: Partial<Timed> = {}): Timed => ({
  recipient: 'ana@example.test',
  class: 'single',
  reader: { timezone: 'Europe/Zurich' },
  time: MONDAY,
  heldFor: 'hours',
  ...changes,
});
const times = (mails: Timed[]) =>
  withinLimits(mails, policy).map(({ time, heldFor }) => `${new Date(time).toISOString().slice(5, 16)} ${heldFor}`);

describe('more mails to one recipient than may go', () => {
  it('go an hour later, then on the next day, in their order', () => {
    expect(times(Array.from({ length: 5 }, () => mail()))).toEqual([
      '11-30T08:00 hours',
      '11-30T08:00 hours',
      '11-30T09:00 limit',
      '11-30T09:00 limit',
      '12-01T08:00 limit',
    ]);
  });

  it('are held within the hours of their reader', () => {
    const late = MONDAY + 7.5 * 3_600_000; // 16:30
    expect(times(Array.from({ length: 3 }, () => mail({ time: late })))[2]).toBe('12-01T08:00 limit');
  });

  it('are counted with what went in the last day', () => {
    const gone = new Map([['ana@example.test', [MONDAY - 600_000, MONDAY - 1_800_000]]]);
    const [one] = withinLimits([mail()], policy, gone);
    expect(one).toMatchObject({ time: MONDAY + 1_800_000, heldFor: 'limit' });
  });

  it('do not hold what is urgent, or what others get', () => {
    const held = Array.from({ length: 2 }, () => mail());
    const others = [mail({ class: 'urgent', heldFor: null }), mail({ recipient: 'bo@example.test' })];
    expect(withinLimits([...held, ...others], policy).map(({ time }) => time)).toEqual(Array(4).fill(MONDAY));
  });
});
