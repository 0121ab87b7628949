import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';

const HOUR_MS = 3_600_000;

/** A mail with the instant (epoch ms) at which the rules let it go. */
export interface Timed {
  recipient: string;
  class: MailClass;
  reader: Reader | null;
  time: number;
  heldFor: HeldFor | null;
}

/**
 * Moves what is more than one recipient may get in an hour or a day to when it may go, in the order in which it is due.
 * Urgent mails neither count nor wait; a digest counts as one.
 * @param gone by recipient: when the mails of the last day went (epoch ms), the newest first
 */
export function withinLimits<T extends Timed>(
  mails: readonly T[],
  policy: MailPolicy,
  gone: ReadonlyMap<string, readonly number[]> = new Map(),
): T[] {
  const sent = new Map([...gone].map(([recipient, times]) => [recipient, [...times].reverse()]));
  const inOrder = [...mails].sort((a, b) => a.time - b.time);
  return inOrder.map((mail) => {
    if (mail.class === 'urgent') return mail;
    const before = sent.get(mail.recipient) ?? [];
    const free = freeAt(before, policy.limits, mail.time);
    const time = free === mail.time || !mail.reader ? free : sendTime('single', mail.reader, policy, free).at;
    sent.set(mail.recipient, [...before, time]);
    return time === mail.time ? mail : { ...mail, time, heldFor: 'limit' as const };
  });
}

/** @param sent when the mails before went, oldest first */
function freeAt(sent: readonly number[], { perHour, perDay }: MailPolicy['limits'], at: number): number {
  const last = sent.at(-1) ?? at;
  return Math.max(at, last, afterWindow(sent, perHour, HOUR_MS), afterWindow(sent, perDay, DAY_MS));
}

const afterWindow = (sent: readonly number[], limit: number, spanMs: number): number =>
  sent.length < limit ? 0 : (sent[sent.length - limit] ?? 0) + spanMs;
