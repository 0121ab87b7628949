import { In } from 'typeorm';
import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { StandingOffer } from '#libs/database/entities/standing-offer.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import { civilDate } from '#libs/domain/calendar/civil.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { subjectOf, viewOf } from './offer-view.js';
import type { OfferState, OfferView } from './offer-view.js';

export interface OfferFilter {
  needType?: string;
  state?: OfferState;
  limit: number;
  /** Id of the last one of the page before. */
  cursor?: string;
}

/** Standing offers for whoever reads them. */
export class OfferList {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; one more than the page holds tells whether there is another. */
  async page(actor: Actor, { needType, state, limit, cursor }: OfferFilter): Promise<OfferView[]> {
    const today = await this.today();
    const query = this.dataSource.manager
      .createQueryBuilder(StandingOffer, 'offer')
      .orderBy('offer.id', 'DESC')
      .take(limit + 1);
    // The same as the right to see one, as a condition: pages are counted in rows.
    if (!isCaseStaff(actor.roles))
      query.where('((offer.public AND offer.withdrawn_at IS NULL) OR offer.organisation_id = :own)', {
        own: actor.organisationId,
      });
    if (cursor) query.andWhere('offer.id < :cursor', { cursor });
    if (needType) query.andWhere(':needType = ANY (offer.need_types)', { needType });
    if (state) query.andWhere(STATE_IS[state], { today });
    const offers = await query.getMany();
    const providers = await this.providers(offers);
    return offers.flatMap((offer) => {
      const provider = providers.find(({ id }) => id === offer.organisationId);
      return provider && can(actor, 'see-standing-offer', subjectOf(offer))
        ? [viewOf(offer, provider, actor, today)]
        : [];
    });
  }

  /** Null when there is none, or it is not for them to see. */
  async find(actor: Actor, id: string): Promise<OfferView | null> {
    const offer = await this.dataSource.manager.findOneBy(StandingOffer, { id });
    if (!offer || !can(actor, 'see-standing-offer', subjectOf(offer))) return null;
    const [provider] = await this.providers([offer]);
    return provider ? viewOf(offer, provider, actor, await this.today()) : null;
  }

  /** The civil date in Geneva. */
  async today(): Promise<string> {
    return civilDate(await productNow(this.dataSource.manager), GENEVA.timezone);
  }

  private providers(offers: readonly StandingOffer[]): Promise<Organisation[]> {
    return this.dataSource.manager.findBy(Organisation, {
      id: In([...new Set(offers.map(({ organisationId }) => organisationId))]),
    });
  }
}

const STATE_IS: Record<OfferState, string> = {
  valid: 'offer.withdrawn_at IS NULL AND offer.valid_until >= :today',
  expired: 'offer.withdrawn_at IS NULL AND offer.valid_until < :today',
  withdrawn: 'offer.withdrawn_at IS NOT NULL',
};
