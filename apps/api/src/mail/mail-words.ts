import type { MailHappening } from '#libs/database/entities/mail-event.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import type { Translate } from '#libs/i18n/translator.js';
import { ACCOUNT_WORDING } from '#libs/mail/account-wording.js';
import { NOT_AGAIN } from '#libs/mail/sent-again.js';
import { WORDING } from '#libs/mail/wording.js';
import type { LedgerRow, MailState } from '#libs/mail-views/ledger-row.js';
import { TITLES } from '../cases/event-titles.js';
import { PARTY_WORDS } from '../layout/party-words.js';

/** What has become of a mail. */
export const STATE_WORDS: Record<MailState, string> = {
  due: 'Waiting to be sent',
  claimed: 'About to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Not accepted',
  unknown: 'Outcome unknown',
  suppressed: 'Called off',
  gathered: 'Gathered into a digest',
  bounced: 'Came back',
};

/** What a mail that is not sent yet waits for. */
export const HELD_WORDS: Record<HeldFor, string> = {
  hours: 'waits for the working hours of its reader',
  quiet: 'waits for the end of a quiet period',
  limit: 'waits because its reader has had as many mails as one gets at a time',
  digest: 'waits for the next digest',
  retry: 'waits for the next attempt',
  more_time: 'waits because its reader has asked for time',
};

export const CLASS_WORDS: Record<MailClass, string> = {
  urgent: 'urgent: waits for nothing',
  single: 'goes within working hours',
  digest: 'may be gathered into a digest',
};

export const HAPPENING_WORDS: Record<MailHappening, string> = {
  held: 'Held back',
  sent: 'Taken by the mail server',
  not_sent: 'Not sent; tried again later',
  refused: 'Refused by the mail server',
  unknown: 'Nobody knows whether it arrived',
  suppressed: 'Called off',
  gathered: 'Gathered into a digest',
  bounced: 'Came back',
  auto_reply: 'Answered by a machine',
  sent_again: 'To be sent again, by decision',
  left: 'Left as it is, by decision',
};

/** What else rows of earlier releases say. */
const SAID_BEFORE = ['the clock stopped before the recipient was at work', 'the mailer stopped while sending'];

const EVERY_SUBJECT: Record<string, { subject: string }> = { ...WORDING, ...ACCOUNT_WORDING };
const ANY = '…';

/** The kind of a mail by what it says in its subject line; without a row, of any. */
export function kindWords(kind: string, about: LedgerRow['about'] | null, _: Translate): string {
  const wording = EVERY_SUBJECT[kind];
  if (!wording) return kind.replaceAll('_', ' ');
  const values = { clock: about?.title ? _(about.title) : ANY, level: about?.level ?? ANY };
  return _(wording.subject, values).replace(/\{\w+\}/g, ANY);
}

/** Why a mail was owed: what happened on the case, or what the mail itself says where nothing did. */
export const causeWords = (cause: string, _: Translate): string =>
  _((TITLES as Record<string, string>)[cause] ?? EVERY_SUBJECT[cause]?.subject ?? cause.replaceAll('_', ' '));

export const MAIL_KINDS_THERE_ARE: readonly string[] = Object.keys(EVERY_SUBJECT);

/** A row with everything in words that a page says of it. */
export const spoken = (row: LedgerRow, _: Translate) => ({
  ...row,
  ...{
    what: kindWords(row.kind, row.about, _),
    stateWords: _(STATE_WORDS[row.state]),
    looks: LOOKS[row.state] ?? 'stopped',
    classWords: _(CLASS_WORDS[row.class]),
    waits: row.heldFor && _(HELD_WORDS[row.heldFor]),
    why: row.cause && causeWords(row.cause, _),
    side: row.party && _((PARTY_WORDS as Record<string, string>)[row.party] ?? row.party),
    told: row.response && (OURS.includes(row.state) ? _(row.response) : row.response),
    ours: row.state === 'suppressed',
    open: UNSETTLED.includes(row.state) && !row.leftAt,
  },
  history: row.history.map(({ happening, detail, ...entry }) => ({
    ...entry,
    happening,
    words: _(HAPPENING_WORDS[happening]),
    detail: happening === 'suppressed' && detail ? _(detail) : detail,
  })),
});

/** What we say of them ourselves, and no server: why they were called off, or are left out if their digest goes again. */
const OURS: readonly MailState[] = ['suppressed', 'gathered'];
const UNSETTLED: readonly MailState[] = ['unknown', 'failed', 'bounced'];
const LOOKS: Partial<Record<MailState, string>> = {
  due: 'running',
  claimed: 'running',
  sending: 'running',
  sent: 'met',
  gathered: 'met',
  failed: 'late',
  bounced: 'late',
  unknown: 'near',
};

export const LEDGER_WORDS: readonly string[] = [
  ...[STATE_WORDS, HELD_WORDS, CLASS_WORDS, HAPPENING_WORDS, NOT_AGAIN].flatMap((words) =>
    Object.values<string>(words),
  ),
  ...Object.values(CALLED_OFF),
  ...SAID_BEFORE,
  'Mails',
];
