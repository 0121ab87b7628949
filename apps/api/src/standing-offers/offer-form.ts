import type { Organisation } from '#libs/database/entities/organisation.entity.js';
import type { OfferFacts } from '#libs/standing-offers/offer-facts.js';
import type { OfferView } from '#libs/standing-offers/offer-view.js';
import { listIn, textIn } from '../people/form-refusals.js';
import type { Submitted } from '../people/form-refusals.js';

/** What a form says of an offer; what is wrong in it stays, to be refused by its field. */
export function factsIn(submitted: Submitted): OfferFacts {
  const list = (name: string) => listIn(submitted, name) as never[];
  return {
    organisationId: textIn(submitted, 'organisationId'),
    ...{ needTypes: list('needTypes'), legalSystems: list('legalSystems'), languages: list('languages') },
    ...{ regions: list('regions'), modalities: list('modalities') },
    states: list('states'),
    funding: textIn(submitted, 'funding') === 'yes',
    capacityPerYear: numberIn(submitted, 'capacityPerYear'),
    leadTimeDays: numberIn(submitted, 'leadTimeDays'),
    conditions: textIn(submitted, 'conditions'),
    contactName: textIn(submitted, 'contactName'),
    contactEmail: textIn(submitted, 'contactEmail'),
    public: textIn(submitted, 'public') !== 'no',
    validUntil: dayIn(submitted, 'validUntil'),
  };
}

/** The offer as the form shows it. */
export function answersOf(offer: OfferView): Submitted {
  const { needTypes, legalSystems, languages, regions, modalities, states, provider, contact, conditions } = offer;
  return {
    organisationId: provider.id,
    ...{ needTypes, legalSystems, languages, regions, states, modalities, conditions },
    funding: offer.funding ? 'yes' : 'no',
    capacityPerYear: String(offer.capacityPerYear),
    leadTimeDays: String(offer.leadTimeDays),
    contactName: contact?.name ?? '',
    contactEmail: contact?.email ?? '',
    public: offer.public ? 'yes' : 'no',
    ...dayAnswers('validUntil', offer.validUntil),
    revision: String(offer.revision),
  };
}

/** An empty form: public, unless its provider says otherwise. */
export const BLANK: Submitted = { public: 'yes', funding: 'no' };

/** A date (`YYYY-MM-DD`) in three fields. */
export const dayAnswers = (name: string, date: string): Submitted => ({
  [`${name}-day`]: String(Number(date.slice(8))),
  [`${name}-month`]: String(Number(date.slice(5, 7))),
  [`${name}-year`]: date.slice(0, 4),
});

/** The date in three fields as `YYYY-MM-DD`, whether or not there is one. */
export function dayIn(submitted: Submitted, name: string): string {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => textIn(submitted, `${name}-${part}`));
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
}

const numberIn = (submitted: Submitted, name: string): number => {
  const text = textIn(submitted, name);
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
};

export const providerChoices = (organisations: readonly Organisation[]) =>
  organisations.map(({ id, name, code }) => ({ value: id, text: `${name} (${code})` }));
