import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { NEED_TYPES } from '#libs/domain/case/request-form.js';
import { plusMonths } from '#libs/domain/calendar/civil.js';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { LONGEST_MONTHS } from '#libs/standing-offers/offer-facts.js';
import { OfferList } from '#libs/standing-offers/offer-list.js';
import { OFFER_STATES } from '#libs/standing-offers/offer-view.js';
import type { OfferView } from '#libs/standing-offers/offer-view.js';
import { StandingOffers } from '#libs/standing-offers/standing-offers.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from '../people/form-refusals.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import { administering, idIn } from '../people/people-problems.js';
import { dayAnswers, dayIn } from './offer-form.js';
import { OfferProviders } from './offer-providers.js';
import { namesIn, OfferStates } from './offer-states.js';
import { doneOffer, OFFER_STATE_WORDS } from './offer-words.js';

const PAGE = 50;

/** What organisations offer to whoever asks: everybody reads it; the provider renews and withdraws it. */
@ApiExcludeController()
@Controller('standing-offers')
export class StandingOffersPages {
  constructor(
    private readonly list: OfferList,
    private readonly offers: StandingOffers,
    private readonly providers: OfferProviders,
    private readonly states: OfferStates,
  ) {}

  @Get()
  async page(@Query() query: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const needType = NEED_TYPES.find((one) => one === query['need']);
    const state = OFFER_STATES.find((one) => one === query['state']);
    const cursor = /^[0-9a-f-]{36}$/.exec(textIn(query, 'cursor'))?.[0];
    const filter = { ...(needType && { needType }), ...(state && { state }), ...(cursor && { cursor }), limit: PAGE };
    const rows = await this.list.page(me.actor, filter);
    const items = rows.slice(0, PAGE);
    const names = await this.states.named(items.flatMap(({ states }) => states));
    const kept = new URLSearchParams({ need: needType ?? '', state: state ?? '', cursor: items.at(-1)?.id ?? '' });
    response.render('standing-offers/views/list.njk', {
      ...{ title: 'Offers of assistance', dense: true, query: { need: needType, state } },
      items: items.map((one) => ({ ...one, stateNames: namesIn(names, one.states) })),
      next: rows.length > PAGE ? `/standing-offers?${kept.toString()}` : null,
      ...{ needTypes: NEED_TYPES, states: OFFER_STATES, stateWords: OFFER_STATE_WORDS },
      languageNames: LANGUAGE_NAMES,
      mayAdd: (await this.providers.of(me)).length > 0,
    });
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query('done') done: unknown,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const offer = await this.seen(id, me);
    response.render('standing-offers/views/offer.njk', { ...(await this.model(offer)), done: doneOffer(done) });
  }

  @Post(':id/renew')
  async renew(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const offer = await this.seen(id, me);
    const until = dayIn(submitted, 'validUntil');
    const refused = await this.tried(() => this.offers.renew(me.person.id, offer.id, until), response);
    if (!refused) return response.redirect(303, `/standing-offers/${offer.id}?done=renewed`);
    const model = await this.model(offer, submitted, refused.errors);
    return response.status(refused.status).render('standing-offers/views/offer.njk', model);
  }

  @Post(':id/withdraw')
  async withdraw(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const offer = await this.seen(id, me);
    await administering(() => this.offers.withdraw(me.person.id, offer.id));
    return response.redirect(303, `/standing-offers/${offer.id}?done=withdrawn`);
  }

  private async seen(id: string, me: SignedIn): Promise<OfferView> {
    return found(await this.list.find(me.actor, idIn(id, 'offer')), 'offer');
  }

  /** Nobody but its provider renews it: for anybody else there is no form to show again. */
  private async tried(work: () => Promise<unknown>, response: Response) {
    try {
      await work();
      return null;
    } catch (error) {
      const refusal = refusalOf(error, wordsOf(response));
      if (refusal.status === 403) await administering(() => Promise.reject(error as Error));
      return refusal;
    }
  }

  private async model(offer: OfferView, submitted?: Submitted, errors: FormError[] = []) {
    const last = plusMonths(await this.list.today(), LONGEST_MONTHS);
    return {
      ...{ title: 'Offer of assistance', offer, stateWords: OFFER_STATE_WORDS, last, ...said(errors) },
      languageNames: LANGUAGE_NAMES,
      stateNames: namesIn(await this.states.named(offer.states), offer.states),
      submitted: submitted ?? dayAnswers('validUntil', last),
    };
  }
}

/** Of each language in itself, by its code. */
const LANGUAGE_NAMES = Object.fromEntries(INTERFACE_LANGUAGES.map(({ code, name }) => [code, name]));
