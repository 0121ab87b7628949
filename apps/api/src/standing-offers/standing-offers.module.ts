import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OfferList } from '#libs/standing-offers/offer-list.js';
import { StandingOffers } from '#libs/standing-offers/standing-offers.js';
import { OfferEditPages } from './offer-edit.pages.js';
import { OfferProviders } from './offer-providers.js';
import { OfferStates } from './offer-states.js';
import { StandingOffersController } from './standing-offers.controller.js';
import { StandingOffersPages } from './standing-offers.pages.js';

/** What organisations offer to whoever asks: read by everybody, kept by its providers. */
@Module({
  // `new` before ids: an address is matched in this order.
  controllers: [OfferEditPages, StandingOffersPages, StandingOffersController],
  providers: [
    OfferProviders,
    OfferStates,
    ...[OfferList, StandingOffers].map((provide) => ({
      provide,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new provide(dataSource),
    })),
  ],
})
export class StandingOffersModule {}
