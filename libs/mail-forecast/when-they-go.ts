import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import type { ExpectedMail, KnownMail } from './known-mail.js';
import { withinLimits } from './within-limits.js';
import type { Timed } from './within-limits.js';

/** One message: a mail by itself, or a digest with what is gathered in it. */
interface Envelope extends Timed {
  mails: KnownMail[];
  digest: boolean;
}

interface Rules {
  policy: MailPolicy;
  /** The deployment's now (epoch ms). */
  now: number;
  /** By recipient: when the mails of the last day went (epoch ms), the newest first. */
  sent: ReadonlyMap<string, readonly number[]>;
}

/**
 * Asks the rules as the mailer does when it takes mails up: hours and quiet periods, digests, limits.
 * @param digests rows of digests that are made already and wait
 */
export function whenTheyGo(mails: readonly KnownMail[], digests: readonly Mail[], rules: Rules): ExpectedMail[] {
  const ruled = mails.filter(({ digestId }) => !digestId).map((mail) => ruledBy(mail, rules));
  const single = ruled.filter(({ heldFor }) => heldFor !== 'digest');
  const gathered = ruled.filter(({ heldFor }) => heldFor === 'digest');
  const made = digests.flatMap((row) => madeAlready(row, mails, rules));
  const envelopes = [...single, ...gather(gathered, rules), ...made];
  let number = 0;
  return withinLimits(envelopes, rules.policy, rules.sent)
    .sort((a, b) => a.time - b.time)
    .flatMap(({ time, heldFor, digest, mails: within }) => {
      const at = new Date(time).toISOString();
      const inDigest = digest ? { number: (number += 1), at } : null;
      return within.map(({ sendAfter: _, reader: __, digestId: ___, ...mail }) => ({
        ...{ ...mail, heldFor, at, digest: inDigest },
      }));
    });
}

function ruledBy(mail: KnownMail, { policy, now }: Rules): Envelope {
  const from = Math.max(now, mail.sendAfter);
  const { recipient, reader } = mail;
  const envelope = { recipient, reader, class: mail.class, mails: [mail], digest: false };
  // Its time was fixed when it was written, and the digest takes up whatever has come to it.
  if (mail.class === 'digest' && mail.heldFor === 'digest') return { ...envelope, time: from, heldFor: 'digest' };
  const { at, heldFor } = askedOf(mail.class, reader, policy, from);
  return { ...envelope, time: at, heldFor: heldFor ?? mail.heldFor };
}

/** A mail whose reader is not known, about an account, waits for nothing. */
const askedOf = (mailClass: MailClass, reader: KnownMail['reader'], policy: MailPolicy, from: number) =>
  reader ? sendTime(mailClass, reader, policy, from) : { at: from, heldFor: null };

/** One digest for a recipient and a time; it is then a single mail of its own. */
function gather(envelopes: readonly Envelope[], { policy }: Rules): Envelope[] {
  const digests = new Map<string, Envelope[]>();
  for (const one of envelopes) {
    const key = `${one.recipient} ${one.time}`;
    digests.set(key, [...(digests.get(key) ?? []), one]);
  }
  return [...digests.values()].map((members) => {
    const last = members.reduce((a, b) => (Date.parse(ownedAt(b)) >= Date.parse(ownedAt(a)) ? b : a));
    const { recipient, reader } = last;
    const { at: time, heldFor } = askedOf('single', reader, policy, last.time);
    const mails = members.flatMap(({ mails: within }) => within);
    return { recipient, reader, class: 'single', time, heldFor: heldFor ?? 'digest', mails, digest: true };
  });
}

const ownedAt = ({ mails: [mail] }: Envelope): string => mail?.owedAt ?? new Date(0).toISOString();

/** A digest that waits, with those of its mails that are asked about. */
function madeAlready(row: Mail, mails: readonly KnownMail[], { policy, now }: Rules): Envelope[] {
  const within = mails.filter(({ digestId }) => digestId === row.id);
  if (!within.length) return [];
  const { recipient, reader } = row;
  const from = Math.max(now, row.sendAfter.getTime());
  const { at, heldFor } = askedOf('single', reader, policy, from);
  return [
    { recipient, reader, class: 'single', time: at, heldFor: heldFor ?? row.heldFor, mails: within, digest: true },
  ];
}
