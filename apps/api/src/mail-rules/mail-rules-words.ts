import type { MailPolicy, Rhythm } from '#libs/domain/mail/mail-policy.js';

/** Headings of what the rules of mail say, in the order in which it is told. */
export const RULE_LABELS = {
  quietPeriods: 'Quiet periods',
  digest: 'Digest',
  limits: 'Mails to one recipient',
  drafts: 'Idle drafts',
  offers: 'Renewal of offers',
  silence: 'Silence',
} as const satisfies Record<keyof MailPolicy, string>;
export type RuleKey = keyof typeof RULE_LABELS;

export const RHYTHM_WORDS: Record<Rhythm, string> = {
  single: 'each mail by itself',
  daily: 'once a day',
  weekly: 'once a week',
};

/** Names of the quiet periods that the program brings. */
const DELIVERED_QUIET = ['Turn of the year', 'First Committee of the General Assembly'];

/** What to do about a wrong field, by its place in the rules. */
export const RULE_ERRORS = {
  title: 'Row {row}: say what it is, in 1 to 80 characters',
  from: 'Row {row}: write the first day as day and month that exist',
  until: 'Row {row}: write a last day that exists and is not before the first',
  long: 'Mails would wait for {days} days in a row, and then be read by nobody: at most 60. Make this period shorter.',
  timezones: 'Row {row}: write time zones like America/New_York, each once, or leave it empty for everybody',
  rhythm: 'Choose how often',
  weekday: 'Choose a day',
  at: 'Write a time of day, for example 09:00',
  perHour: 'Write a whole number from 1 to 1000',
  perDay: 'Write a whole number that is not below the one for an hour, and at most 10000',
  idleDays: 'Write up to 6 whole numbers from 1 to 365, each higher than the one before, for example 14, 30',
  daysBefore: 'Write up to 6 whole numbers from 1 to 365, each lower than the one before, for example 60, 30, 7',
  reminders: 'Write a whole number from 1 to 20',
  reason: 'Say why the rules change, in 1 to 2,000 characters',
  stale: 'Version {version} has been published meanwhile. Look at it, and make your change there.',
} as const;

/** Everything here that pages say. */
export const MAIL_RULE_WORDS: readonly string[] = [
  ...[RULE_LABELS, RHYTHM_WORDS, RULE_ERRORS].flatMap((words) => Object.values<string>(words)),
  ...DELIVERED_QUIET,
];
