import { civilDay, civilDate, formatCivilDay, instantOfLocal } from '#libs/domain/calendar/civil.js';
import { deliveryHours } from '#libs/domain/calendar/delivery-hours.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import { nextOpening } from '#libs/domain/calendar/open-time.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { quietSpansOf } from '#libs/domain/mail/quiet-days.js';

export interface Going {
  /** Epoch ms. */
  at: number;
  heldFor: HeldFor | null;
}

/** When a mail may go by these rules, from an instant (epoch ms) on. */
export function whenItGoes(mail: { class: MailClass; reader: Reader | null }, policy: MailPolicy, from: number): Going {
  const { reader } = mail;
  if (mail.class === 'urgent' || !reader) return { at: from, heldFor: null };
  const hours = deliveryHours(reader);
  let at = nextOpening(hours, from);
  let heldFor: HeldFor | null = at > from ? 'hours' : null;
  for (let quiet = quietUntil(at, reader.timezone, policy); quiet; quiet = quietUntil(at, reader.timezone, policy)) {
    at = nextOpening(hours, quiet);
    heldFor = 'quiet';
  }
  return { at, heldFor };
}

/** The beginning of the day after the quiet period in which an instant lies; null when it lies in none. */
function quietUntil(at: number, zone: string, { quietPeriods }: MailPolicy): number | null {
  const day = civilDay(civilDate(at, zone));
  const year = Number(formatCivilDay(day).slice(0, 4));
  const span = [year - 1, year]
    .flatMap((one) => quietSpansOf(quietPeriods, one))
    .find(({ first, last, timezones }) => first <= day && day <= last && (!timezones || timezones.includes(zone)));
  return span ? instantOfLocal(`${formatCivilDay(span.last + 1)}T00:00`, zone) : null;
}
