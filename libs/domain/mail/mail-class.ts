/**
 * How much a mail may wait. `urgent`: for nothing. `single`: for its reader's hours, quiet periods and limits.
 * `digest`: besides that, until what has gathered is sent as one.
 */
export const MAIL_CLASSES = ['urgent', 'single', 'digest'] as const;
export type MailClass = (typeof MAIL_CLASSES)[number];

/** What a mail that is owed waits for. */
export const HELD_FOR = ['hours', 'quiet', 'limit', 'digest', 'retry', 'more_time'] as const;
export type HeldFor = (typeof HELD_FOR)[number];
