import type { Weekday } from './calendar.js';
import { deliveryHours } from './delivery-hours.js';
import { nextOpening } from './open-time.js';

const opening = (at: string, timezone: string, weekend?: Weekday[] | null): string =>
  new Date(
    nextOpening(deliveryHours({ timezone, ...(weekend !== undefined && { weekend }) }), Date.parse(at)),
  ).toISOString();

/** 27 November 2026 is a Friday. */
describe('the hours in which somebody may be reminded', () => {
  it('are Monday to Friday, 09:00 to 17:00 where they are', () => {
    expect(opening('2026-11-27T08:30:00Z', 'Europe/Zurich')).toBe('2026-11-27T08:30:00.000Z');
    expect(opening('2026-11-27T16:00:00Z', 'Europe/Zurich')).toBe('2026-11-30T08:00:00.000Z');
    expect(opening('2026-11-27T08:30:00Z', 'Pacific/Auckland')).toBe('2026-11-29T20:00:00.000Z');
  });

  it('end at 16:00 for somebody who acts for a State', () => {
    expect(opening('2026-11-25T14:30:00Z', 'Africa/Lusaka')).toBe('2026-11-25T14:30:00.000Z');
    expect(opening('2026-11-25T14:30:00Z', 'Africa/Lusaka', null)).toBe('2026-11-26T07:00:00.000Z');
  });

  it('leave out the Friday of a State that rests on it, and the Sunday of its mission', () => {
    expect(opening('2026-11-26T13:30:00Z', 'Asia/Baghdad', ['fri', 'sat'])).toBe('2026-11-30T06:00:00.000Z');
    expect(opening('2026-11-27T07:00:00Z', 'Asia/Baghdad', ['fri'])).toBe('2026-11-30T06:00:00.000Z');
  });

  it('keep to the clock on the wall when the clocks change', () => {
    expect(opening('2026-10-23T16:00:00Z', 'Europe/Zurich')).toBe('2026-10-26T08:00:00.000Z');
  });

  it('are those of Geneva where a zone is not known, so that a mail is late rather than never', () => {
    expect(opening('2026-11-28T12:00:00Z', 'Mars/Olympus')).toBe('2026-11-30T08:00:00.000Z');
  });
});
