import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { LEGAL_SYSTEMS, MODALITIES, NEED_TYPES } from '#libs/domain/case/request-form.js';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { NotTheirs } from '#libs/people/refused.js';
import { REGIONS } from '#libs/standing-offers/offer-facts.js';
import { OfferList } from '#libs/standing-offers/offer-list.js';
import type { OfferView } from '#libs/standing-offers/offer-view.js';
import { StandingOffers } from '#libs/standing-offers/standing-offers.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { listIn, refusalOf, said, textIn } from '../people/form-refusals.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import { administering, idIn } from '../people/people-problems.js';
import { answersOf, BLANK, factsIn, providerChoices } from './offer-form.js';
import { OfferProviders } from './offer-providers.js';
import { OfferStates } from './offer-states.js';

/** Making and changing standing offers, for their providers and those who work on cases. */
@ApiExcludeController()
@Controller('standing-offers')
export class OfferEditPages {
  constructor(
    private readonly list: OfferList,
    private readonly offers: StandingOffers,
    private readonly providers: OfferProviders,
    private readonly states: OfferStates,
  ) {}

  @Get('new')
  async blank(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.form(response, me, null, BLANK);
  }

  @Post('new')
  async add(@Body() submitted: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const [own, ...more] = await this.providersOf(me);
    // Who provides for one organisation alone is not asked for which.
    const facts = { ...factsIn(submitted), ...(!more.length && own && { organisationId: own.id }) };
    try {
      const id = await this.offers.add(me.person.id, facts);
      return response.redirect(303, `/standing-offers/${id}?done=added`);
    } catch (error) {
      const { errors, status } = refusalOf(error, wordsOf(response));
      return this.form(response.status(status), me, null, submitted, errors);
    }
  }

  @Get(':id/edit')
  async edit(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const offer = await this.managed(id, me);
    return this.form(response, me, offer, answersOf(offer));
  }

  @Post(':id/edit')
  async change(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const offer = await this.managed(id, me);
    try {
      await this.offers.change(me.person.id, offer.id, Number(textIn(submitted, 'revision')), factsIn(submitted));
      return response.redirect(303, `/standing-offers/${offer.id}?done=changed`);
    } catch (error) {
      const { errors, status } = refusalOf(error, wordsOf(response));
      return this.form(response.status(status), me, offer, submitted, errors);
    }
  }

  /** @throws 404 for whoever may not see it, 403 for whoever may, and not change it */
  private async managed(id: string, me: SignedIn): Promise<OfferView> {
    const offer = found(await this.list.find(me.actor, idIn(id, 'offer')), 'offer');
    const theirs = 'Only the organisation that made the offer, the coordinators and the ISU change it.';
    if (!offer.manages) await administering(() => Promise.reject(new NotTheirs(theirs)));
    return offer;
  }

  /** @throws 404 for whoever makes offers for nobody */
  private async providersOf(me: SignedIn) {
    const own = await this.providers.of(me);
    return found(own.length ? own : null, 'page');
  }

  private async form(
    response: Response,
    me: SignedIn,
    offer: OfferView | null,
    values: Submitted,
    errors: FormError[] = [],
  ) {
    const own = offer ? [] : await this.providersOf(me);
    response.render('standing-offers/views/edit.njk', {
      ...{ title: offer ? 'Change the offer' : 'Make an offer', offer, values, submitted: values, ...said(errors) },
      ...{
        providers: providerChoices(own),
        needTypes: NEED_TYPES,
        legalSystems: LEGAL_SYSTEMS,
        modalities: MODALITIES,
      },
      ...{ regions: REGIONS, languageChoices: INTERFACE_LANGUAGES },
      stateGroups: await this.states.groups(listIn(values, 'states')),
    });
  }
}
