import type { EntityManager } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { civilDate, civilDay, instantOfLocal, plusDays } from '#libs/domain/calendar/civil.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { formatDay } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { remind, suppressWaiting } from './sequence-mail.js';
import type { Awaiting, Look, Reminder } from './sequence-mail.js';

interface EndingOffer {
  id: string;
  organisation_id: string;
  need_types: string[];
  valid_until: string;
  confirmed_at: Date;
  state_code: string | null;
  weekend: Weekday[] | null;
}

/** Offers that hold and end within so many days. */
const ENDING = `SELECT f.id, f.organisation_id, f.need_types, f.valid_until::text, f.confirmed_at, o.state_code, s.weekend
  FROM standing_offer f JOIN organisation o ON o.id = f.organisation_id LEFT JOIN state s ON s.code = o.state_code
  WHERE f.withdrawn_at IS NULL AND f.valid_until >= $1 AND f.valid_until <= $2 AND o.active
  ORDER BY f.valid_until, f.id`;

/** Waiting reminders of offers that have been renewed or withdrawn, or are over. */
const OVER = `SELECT DISTINCT split_part(m.sequence, ':', 1) AS offer FROM mail m
  WHERE m.case_id IS NULL AND m.kind = 'offer_renewal' AND m.state = 'due' AND NOT EXISTS (
    SELECT FROM standing_offer f WHERE f.id::text = split_part(m.sequence, ':', 1) AND f.withdrawn_at IS NULL
      AND f.valid_until::text = split_part(m.sequence, ':', 3) AND f.valid_until >= $1)`;

/** Ids of the offers that nobody is to be asked to renew any more, though a mail waits. */
export async function endedOffers(manager: EntityManager, now: number): Promise<string[]> {
  return (await manager.query<{ offer: string }[]>(OVER, [today(now)])).map(({ offer }) => offer);
}

/**
 * Offers that hold and that somebody is to be asked by an instant (epoch ms) to renew.
 * @param lock whether whoever renews one now waits
 */
export async function endingOffers(
  manager: EntityManager,
  { offers: { daysBefore } }: MailPolicy,
  [now, by]: [number, number],
  lock = false,
): Promise<Awaiting[]> {
  if (!daysBefore.length) return [];
  const days = [today(now), plusDays(today(by), Math.max(...daysBefore))];
  const rows = await manager.query<EndingOffer[]>(lock ? `${ENDING} FOR UPDATE OF f` : ENDING, days);
  const people = await providersPeople(manager, rows);
  return rows.map((offer) =>
    awaitingOf(
      offer,
      people.filter(({ organisationId }) => organisationId === offer.organisation_id),
      daysBefore,
    ),
  );
}

/**
 * Asks providers to renew offers that end soon (product.md, Offer form): each of their people once for each offer, step
 * and end. Returns how many reminders were queued.
 */
export async function askToRenewOffers(look: Look): Promise<number> {
  const { manager, policy, now } = look;
  for (const offer of await endedOffers(manager, now))
    await suppressWaiting(manager, 'offer_renewal', offer, CALLED_OFF.offerOver);
  return remind(look, await endingOffers(manager, policy, [now, now], true));
}

function awaitingOf(offer: EndingOffer, people: readonly Person[], daysBefore: readonly number[]): Awaiting {
  const beginning = (days: number) => startOf(plusDays(offer.valid_until, -days));
  // Nobody is asked at once to renew what was only just offered for a short time.
  const asked = daysBefore.filter((days) => beginning(days) > offer.confirmed_at.getTime());
  const end = beginning(-1);
  return {
    kind: 'offer_renewal',
    id: offer.id,
    steps: [...asked.map(beginning), end],
    remindersAt: (now) => {
      const step = now < end ? asked.findLast((days) => beginning(days) <= now) : undefined;
      return step === undefined ? [] : people.map((to) => reminderOf(offer, to, step));
    },
    isOverAt: (now) => now >= end,
  };
}

const reminderOf = (offer: EndingOffer, to: Person, step: number): Reminder => ({
  ...{ kind: 'offer_renewal', to, sequence: `${offer.id}:${step}:${offer.valid_until}` },
  organisationId: offer.organisation_id,
  parameters: { path: `/standing-offers/${offer.id}`, values: valuesFor(offer, to) },
  ...(offer.state_code !== null && { weekend: offer.weekend }),
});

/** The civil day in Geneva. */
const today = (at: number): string => civilDate(at, GENEVA.timezone);
const startOf = (day: string): number => instantOfLocal(`${day}T00:00`, GENEVA.timezone);

const providersPeople = (manager: EntityManager, offers: readonly EndingOffer[]): Promise<Person[]> =>
  manager
    .createQueryBuilder(Person, 'p')
    .where(`p.organisation_id = ANY (:ids) AND 'responder' = ANY (p.roles) AND p.active AND NOT p.guest`, {
      ids: offers.map(({ organisation_id }) => organisation_id),
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
