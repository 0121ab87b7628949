import { Person } from '#libs/database/entities/person.entity.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { civilDate, civilDay, instantOfLocal, plusDays } from '#libs/domain/calendar/civil.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { formatDay } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { remind, suppressWaiting, wasReminded } from './sequence-mail.js';
import type { Look } from './sequence-mail.js';

interface EndingOffer {
  id: string;
  organisation_id: string;
  need_types: string[];
  valid_until: string;
  confirmed_at: Date;
  state_code: string | null;
  weekend: Weekday[] | null;
}

/** Offers that hold and end within so many days; whoever renews one now, waits. */
const ENDING = `SELECT f.id, f.organisation_id, f.need_types, f.valid_until::text, f.confirmed_at, o.state_code, s.weekend
  FROM standing_offer f JOIN organisation o ON o.id = f.organisation_id LEFT JOIN state s ON s.code = o.state_code
  WHERE f.withdrawn_at IS NULL AND f.valid_until >= $1 AND f.valid_until <= $2 AND o.active
  ORDER BY f.valid_until, f.id FOR UPDATE OF f`;

/** Waiting reminders of offers that have been renewed or withdrawn, or are over. */
const OVER = `SELECT DISTINCT split_part(m.sequence, ':', 1) AS offer FROM mail m
  WHERE m.case_id IS NULL AND m.kind = 'offer_renewal' AND m.state = 'due' AND NOT EXISTS (
    SELECT FROM standing_offer f WHERE f.id::text = split_part(m.sequence, ':', 1) AND f.withdrawn_at IS NULL
      AND f.valid_until::text = split_part(m.sequence, ':', 3) AND f.valid_until >= $1)`;

/**
 * Asks providers to renew offers that end soon (product.md, Offer form): each of their people once for each offer, step
 * and end. Returns how many reminders were queued.
 */
export async function askToRenewOffers(look: Look): Promise<number> {
  const { manager, policy, now } = look;
  const today = civilDate(now, GENEVA.timezone);
  const over = await manager.query<{ offer: string }[]>(OVER, [today]);
  for (const { offer } of over) await suppressWaiting(manager, 'offer_renewal', offer, CALLED_OFF.offerOver);
  const { daysBefore } = policy.offers;
  if (!daysBefore.length) return 0;
  const rows = await manager.query<EndingOffer[]>(ENDING, [today, plusDays(today, Math.max(...daysBefore))]);
  let queued = 0;
  for (const offer of rows) queued += await askOf(offer, today, look);
  return queued;
}

async function askOf(offer: EndingOffer, today: string, look: Look): Promise<number> {
  const { manager, policy } = look;
  const step = policy.offers.daysBefore.findLast((days) => {
    const day = plusDays(offer.valid_until, -days);
    // Nobody is asked at once to renew what was only just offered for a short time.
    return day <= today && instantOfLocal(`${day}T00:00`, GENEVA.timezone) > offer.confirmed_at.getTime();
  });
  if (step === undefined) return 0;
  const sequence = `${offer.id}:${step}:${offer.valid_until}`;
  let queued = 0;
  for (const to of await providersPeople(offer, look)) {
    if (await wasReminded(manager, 'offer_renewal', sequence, to.email)) continue;
    await remind(look, {
      ...{ kind: 'offer_renewal', to, sequence, organisationId: offer.organisation_id },
      parameters: { path: `/standing-offers/${offer.id}`, values: valuesFor(offer, to) },
      ...(offer.state_code !== null && { weekend: offer.weekend }),
    });
    queued += 1;
  }
  return queued;
}

const providersPeople = ({ organisation_id }: EndingOffer, { manager }: Look): Promise<Person[]> =>
  manager
    .createQueryBuilder(Person, 'p')
    .where(`p.organisation_id = :id AND 'responder' = ANY (p.roles) AND p.active AND NOT p.guest`, {
      id: organisation_id,
    })
    .orderBy('p.id')
    .getMany();

function valuesFor({ need_types, valid_until }: EndingOffer, { language }: Person) {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  return {
    needs: need_types.map((need) => _(need.replaceAll('_', ' '))).join(`${_(',')} `),
    until: formatDay(civilDay(valid_until) * DAY_MS, lang, { timeZone: 'UTC', year: true }),
  };
}
