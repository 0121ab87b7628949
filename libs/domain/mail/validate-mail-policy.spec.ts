import { DELIVERED_MAIL_POLICY } from './mail-policy.js';
import type { MailPolicy } from './mail-policy.js';
import { validateMailPolicy } from './validate-mail-policy.js';

const fields = (change: object) =>
  validateMailPolicy({ ...DELIVERED_MAIL_POLICY, ...change }).map(({ field }) => field);
const quiet = (...quietPeriods: Partial<MailPolicy['quietPeriods'][number]>[]) =>
  fields({ quietPeriods: quietPeriods.map((period) => ({ title: 'Rest', ...period })) });

describe('the rules of mail', () => {
  it('may be published as the program brings them', () => {
    expect(validateMailPolicy(DELIVERED_MAIL_POLICY)).toEqual([]);
  });

  it.each([null, 3, [], 'rules', {}])('are not %j', (policy) => {
    expect(validateMailPolicy(policy).length).toBeGreaterThan(0);
  });

  it('take a quiet period of 60 days, also past the turn of the year, and not one of 61', () => {
    expect(quiet({ from: '12-01', until: '01-29' })).toEqual([]);
    expect(quiet({ from: '12-01', until: '01-30' })).toEqual(['quietPeriods.0.until']);
    expect(quiet({ from: '2027-03-01', until: '2027-04-30' })).toEqual(['quietPeriods.0.until']);
  });

  it('take no two quiet periods that are one wait of more than 60 days for the same reader', () => {
    const [spring, then] = [
      { from: '03-01', until: '04-15' },
      { from: '04-16', until: '05-15' },
    ];
    expect(quiet(spring, then)).toEqual(['quietPeriods.1.until']);
    expect(quiet(spring, { ...then, timezones: ['America/New_York'] })).toEqual(['quietPeriods.1.until']);
    const [here, there] = [['Europe/Zurich'], ['America/New_York']];
    expect(quiet({ ...spring, timezones: here }, { ...then, timezones: there })).toEqual([]);
  });

  it.each([
    [{ from: '2027-05-03', until: '2027-05-02' }, 'until'],
    [{ from: '2027-05-03', until: '05-04' }, 'until'],
    [{ from: '02-30', until: '03-01' }, 'from'],
    [{ from: '12-20', until: 'soon' }, 'until'],
    [{ from: '12-20', until: '01-05', title: ' ' }, 'title'],
    [{ from: '12-20', until: '01-05', timezones: [] }, 'timezones'],
    [{ from: '12-20', until: '01-05', timezones: ['Geneva'] }, 'timezones.0'],
    [{ from: '12-20', until: '01-05', timezones: ['Europe/Zurich', 'Europe/Zurich'] }, 'timezones'],
  ])('name what is wrong with the quiet period %j', (period, field) => {
    expect(quiet(period)).toEqual([`quietPeriods.0.${field}`]);
  });

  it.each([
    [{ limits: { perHour: 0, perDay: 40 } }, 'limits.perHour'],
    [{ limits: { perHour: 10, perDay: 9 } }, 'limits.perDay'],
    [{ limits: { perHour: 1.5, perDay: 9 } }, 'limits.perHour'],
    [{ digest: { rhythm: 'hourly', weekday: 'mon', at: '09:00' } }, 'digest.rhythm'],
    [{ digest: { rhythm: 'weekly', weekday: 'monday', at: '09:00' } }, 'digest.weekday'],
    [{ digest: { rhythm: 'weekly', weekday: 'mon', at: '24:00' } }, 'digest.at'],
    [{ drafts: { idleDays: [30, 14] } }, 'drafts.idleDays'],
    [{ drafts: { idleDays: [14, 14] } }, 'drafts.idleDays'],
    [{ drafts: { idleDays: [0] } }, 'drafts.idleDays.0'],
    [{ offers: { daysBefore: [7, 30] } }, 'offers.daysBefore'],
    [{ offers: { daysBefore: [366] } }, 'offers.daysBefore.0'],
    [{ silence: { reminders: 0 } }, 'silence.reminders'],
    [{ quiet: true }, 'policy.quiet'],
  ])('name the field of %j', (change, field) => {
    expect(fields(change)).toEqual([field]);
  });

  it('may leave out reminders of drafts and offers altogether', () => {
    expect(fields({ drafts: { idleDays: [] }, offers: { daysBefore: [] } })).toEqual([]);
  });
});
