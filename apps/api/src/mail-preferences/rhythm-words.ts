import type { ReaderRhythm } from '#libs/domain/mail/mail-policy.js';

/** How often somebody gets what only informs them. */
export const RHYTHM_WORDS: Record<ReaderRhythm, string> = {
  single: 'Each in a mail of its own',
  daily: 'One digest a day',
  weekly: 'One digest a week',
  off: 'Not at all',
};
