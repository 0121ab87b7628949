import type { Reader } from '../calendar/delivery-hours.js';
import { DELIVERED_MAIL_POLICY } from './mail-policy.js';
import { sendTime } from './send-time.js';
import type { MailClass } from './mail-class.js';

const GENEVA: Reader = { timezone: 'Europe/Zurich' };
const sent = (mailClass: MailClass, reader: Reader, at: string): [string, string | null] => {
  const { at: time, heldFor } = sendTime(mailClass, reader, DELIVERED_MAIL_POLICY, Date.parse(at));
  return [new Date(time).toISOString(), heldFor];
};

/** 27 November 2026 is a Friday. */
describe('when a mail goes', () => {
  it('an urgent one goes at once, at night, on Christmas Day', () => {
    expect(sent('urgent', GENEVA, '2026-12-25T02:00:00Z')).toEqual(['2026-12-25T02:00:00.000Z', null]);
  });

  it('a single one waits for its reader to be at work', () => {
    expect(sent('single', GENEVA, '2026-11-27T15:00:00Z')).toEqual(['2026-11-27T15:00:00.000Z', null]);
    expect(sent('single', GENEVA, '2026-11-27T16:00:00Z')).toEqual(['2026-11-30T08:00:00.000Z', 'hours']);
  });

  it('a single one waits until a quiet period is over and its reader at work again', () => {
    expect(sent('single', GENEVA, '2026-12-18T17:00:00Z')).toEqual(['2027-01-06T08:00:00.000Z', 'quiet']);
  });

  it('a State is written to from Monday to Thursday, until 16:00', () => {
    const lusaka = { timezone: 'Africa/Lusaka', weekend: null };
    expect(sent('single', lusaka, '2026-11-26T13:59:00Z')).toEqual(['2026-11-26T13:59:00.000Z', null]);
    expect(sent('single', lusaka, '2026-11-26T14:00:00Z')).toEqual(['2026-11-30T07:00:00.000Z', 'hours']);
  });

  it('the hours that somebody has set are theirs', () => {
    const own: Reader = { ...GENEVA, own: { days: ['tue', 'sat'], from: '14:00', until: '18:00' } };
    expect(sent('single', own, '2026-11-27T10:00:00Z')).toEqual(['2026-11-28T13:00:00.000Z', 'hours']);
  });

  it('a digest goes on Monday at nine where its reader is, whatever the clocks do', () => {
    expect(sent('digest', GENEVA, '2026-11-27T10:00:00Z')).toEqual(['2026-11-30T08:00:00.000Z', 'digest']);
    expect(sent('digest', GENEVA, '2026-11-30T08:00:00.001Z')).toEqual(['2026-12-07T08:00:00.000Z', 'digest']);
    expect(sent('digest', { timezone: 'America/New_York' }, '2027-03-13T10:00:00Z')).toEqual([
      '2027-03-15T13:00:00.000Z',
      'digest',
    ]);
    expect(sent('digest', GENEVA, '2026-10-23T10:00:00Z')).toEqual(['2026-10-26T08:00:00.000Z', 'digest']);
    expect(sent('digest', GENEVA, '2027-03-26T10:00:00Z')).toEqual(['2027-03-29T07:00:00.000Z', 'digest']);
  });

  it('a digest goes daily to whoever wants it so, and what is wanted singly is single', () => {
    expect(sent('digest', { ...GENEVA, rhythm: 'daily' }, '2026-11-24T10:00:00Z')[0]).toBe('2026-11-25T08:00:00.000Z');
    expect(sent('digest', { ...GENEVA, rhythm: 'single' }, '2026-11-24T10:00:00Z')).toEqual([
      '2026-11-24T10:00:00.000Z',
      null,
    ]);
  });

  it('a digest waits for the hours of whoever does not work when it would go, and for the end of a quiet period', () => {
    const tuesdays: Reader = { ...GENEVA, own: { days: ['tue'], from: '14:00', until: '18:00' } };
    expect(sent('digest', tuesdays, '2026-11-27T10:00:00Z')[0]).toBe('2026-12-01T13:00:00.000Z');
    expect(sent('digest', tuesdays, '2026-12-01T13:00:00Z')[0]).toBe('2026-12-01T13:00:00.000Z');
    expect(sent('digest', tuesdays, '2026-12-01T13:00:00.001Z')[0]).toBe('2026-12-08T13:00:00.000Z');
    expect(sent('digest', GENEVA, '2026-12-22T10:00:00Z')[0]).toBe('2027-01-06T08:00:00.000Z');
  });
});
