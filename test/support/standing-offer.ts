import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { OfferFacts } from '#libs/standing-offers/offer-facts.js';
import { StandingOffers } from '#libs/standing-offers/standing-offers.js';
import { inDays } from './days.js';

/** A standing offer that lacks nothing but its provider. */
export const offerFacts = (changes: Partial<OfferFacts> = {}): Omit<OfferFacts, 'organisationId'> => ({
  ...{ needTypes: ['drafting', 'training'], legalSystems: ['civil', 'mixed'], languages: ['fr', 'ar'] },
  ...{ regions: ['African Group'], states: ['QMB'], modalities: ['remote', 'in_capital'], funding: false },
  ...{ capacityPerYear: 3, leadTimeDays: 20, conditions: 'Travel is paid.', public: true },
  ...{ contactName: 'Ana Lopes', contactEmail: 'ana@legalaid.test', validUntil: inDays(100), ...changes },
});

/** What one of the people of the demonstration offers in the name of their organisation. Returns its id. */
export async function standingOffer(
  dataSource: DataSource,
  mailbox = 'legalaid',
  changes: Partial<OfferFacts> = {},
): Promise<string> {
  const email = `${mailbox}@demo.action48.test`;
  const { id, organisationId } = await dataSource.manager.findOneByOrFail(Person, { email });
  // By the clock of the deployment, which may have been moved on.
  const validUntil = new Date((await productNow(dataSource.manager)) + 100 * 86_400_000).toISOString().slice(0, 10);
  const facts = offerFacts({ validUntil, ...changes });
  return new StandingOffers(dataSource).add(id, { ...facts, organisationId: organisationId ?? '' });
}
