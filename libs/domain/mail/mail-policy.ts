import type { Weekday } from '../calendar/calendar.js';

/** Days on which mails wait: `MM-DD` every year (it may pass the turn of the year), or `YYYY-MM-DD` once. Both days count. */
export interface QuietPeriod {
  title: string;
  from: string;
  until: string;
  /** Only readers in these IANA zones; absent: everybody. */
  timezones?: string[];
}

/** How often somebody gets what can be gathered: each by itself, or one digest a day or a week. */
export const RHYTHMS = ['single', 'daily', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** What a reader may choose besides: nothing that only informs. What they have to act on comes all the same. */
export const READER_RHYTHMS = [...RHYTHMS, 'off'] as const;
export type ReaderRhythm = (typeof READER_RHYTHMS)[number];

/** When mails go out, as an administrator decides; versioned like the clocks. What a clock reminds of stands in the policy of the clocks. */
export interface MailPolicy {
  quietPeriods: QuietPeriod[];
  /** For whoever has chosen nothing else; `at` is a time of day in the reader's zone. */
  digest: { rhythm: Rhythm; weekday: Weekday; at: string };
  /** Mails to one recipient, urgent ones not counted and never held. */
  limits: { perHour: number; perDay: number };
  /** After so many days without a change the author of a draft is reminded of it. */
  drafts: { idleDays: number[] };
  /** So many days before a standing offer ends its provider is asked to renew it. */
  offers: { daysBefore: number[] };
  /** After so many reminders without an answer somebody else is written to. */
  silence: { reminders: number };
}

/** As the program comes (`product.md`, Reminders, calendars, time zones). */
export const DELIVERED_MAIL_POLICY: MailPolicy = {
  quietPeriods: [
    { title: 'Turn of the year', from: '12-20', until: '01-05' },
    {
      title: 'First Committee of the General Assembly',
      from: '10-01',
      until: '10-31',
      timezones: ['America/New_York'],
    },
  ],
  digest: { rhythm: 'weekly', weekday: 'mon', at: '09:00' },
  limits: { perHour: 10, perDay: 40 },
  drafts: { idleDays: [14, 30] },
  offers: { daysBefore: [60, 30, 7] },
  silence: { reminders: 3 },
};
