import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { OfferFacts } from '#libs/standing-offers/offer-facts.js';
import { OfferList } from '#libs/standing-offers/offer-list.js';
import type { OfferView } from '#libs/standing-offers/offer-view.js';
import { StandingOffers, THEIRS } from '#libs/standing-offers/standing-offers.js';
import { found } from '../cases/case-problems.js';
import { keyOf } from '../cases/command-body.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { bodyOf } from '../problems/body-of.js';
import { administering, etagOf, idIn, revisionIn } from '../people/people-problems.js';
import { AddOfferDto, ChangeOfferDto, OffersQuery, RenewOfferDto, WithdrawOfferDto } from './standing-offers.dto.js';

const DEFAULT_PAGE = 50;

/** What organisations offer to whoever asks, for programs. */
@ApiTags('standing offers')
@ApiBearerAuth()
@Controller('api/v1/standing-offers')
export class StandingOffersController {
  constructor(
    private readonly list: OfferList,
    private readonly offers: StandingOffers,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listStandingOffers', summary: 'Standing offers that you may see, newest first' })
  @Answers(200, 'A page of offers', pageOf(ref('StandingOffer')))
  async page(@Query() { limit = DEFAULT_PAGE, cursor, needType, state }: OffersQuery, @CurrentPerson() me: SignedIn) {
    const after = cursor ? { cursor: idIn(cursor, 'page') } : {};
    const filter = { ...(needType && { needType }), ...(state && { state }), ...after, limit };
    const rows = await this.list.page(me.actor, filter);
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getStandingOffer', summary: 'One standing offer' })
  @Answers(200, 'The offer', ref('StandingOffer'))
  one(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res({ passthrough: true }) response: Response) {
    return this.answer(idIn(id, 'offer'), me, response);
  }

  @Post()
  @ApiOperation({ operationId: 'addStandingOffer', summary: 'Make a standing offer' })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key gives the same answer' })
  @ApiBody({ type: AddOfferDto })
  @Answers(201, 'The offer', ref('StandingOffer'))
  async add(
    @Headers('idempotency-key') header: string | undefined,
    @Body() given: unknown,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    mayOffer(me.actor, given);
    const facts = { ...(await bodyOf(given, AddOfferDto)) };
    const request = { key: keyOf(header), payload: { addStandingOffer: facts } };
    const id = await administering(() => this.offers.add(me.person.id, facts, request));
    response.setHeader('Location', `/api/v1/standing-offers/${id}`);
    return this.answer(id, me, response);
  }

  @Patch(':id')
  @ApiOperation({ operationId: 'changeStandingOffer', summary: 'Change a standing offer' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of what you have read' })
  @ApiBody({ type: ChangeOfferDto })
  @Answers(200, 'The offer as it is now', ref('StandingOffer'))
  async change(
    @Param('id') given: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() sent: unknown,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const id = await this.kept(given, me.actor);
    const revision = revisionIn(ifMatch);
    const body = await bodyOf(sent, ChangeOfferDto);
    const changes = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    await administering(() => this.offers.change(me.person.id, id, revision, changes as Partial<OfferFacts>));
    return this.answer(id, me, response);
  }

  @Post(':id/renew')
  @HttpCode(200)
  @ApiOperation({ operationId: 'renewStandingOffer', summary: 'Say until when it holds; nobody is reminded any more' })
  @ApiBody({ type: RenewOfferDto })
  @Answers(200, 'The offer', ref('StandingOffer'))
  async renew(
    @Param('id') given: string,
    @Body() sent: unknown,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const id = await this.kept(given, me.actor);
    const { validUntil } = await bodyOf(sent, RenewOfferDto);
    await administering(() => this.offers.renew(me.person.id, id, validUntil));
    return this.answer(id, me, response);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawStandingOffer', summary: 'Withdraw it for good; again: no effect' })
  @ApiBody({ type: WithdrawOfferDto })
  @Answers(200, 'The offer', ref('StandingOffer'))
  async withdraw(
    @Param('id') given: string,
    @Body() sent: unknown,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const id = await this.kept(given, me.actor);
    await bodyOf(sent, WithdrawOfferDto);
    await administering(() => this.offers.withdraw(me.person.id, id));
    return this.answer(id, me, response);
  }

  /** Its id, for whoever keeps it: asked before a body is looked at. @throws 404 · 403 */
  private async kept(given: string, actor: Actor): Promise<string> {
    const { id, manages } = found(await this.list.find(actor, idIn(given, 'offer')), 'offer');
    if (!manages) throw new ForbiddenException(THEIRS);
    return id;
  }

  private async answer(id: string, me: SignedIn, response: Response): Promise<OfferView> {
    const offer = found(await this.list.find(me.actor, id), 'offer');
    response.setHeader('ETag', etagOf(offer));
    return offer;
  }
}

const FOR_WHOM =
  'Responders make offers of their own organisation, and those who work on cases any: name it in organisationId.';

/** Asked before the rest of the body is looked at. @throws 403 */
function mayOffer(actor: Actor, given: unknown): void {
  const { organisationId } = (given ?? {}) as { organisationId?: unknown };
  const provider = typeof organisationId === 'string' ? organisationId : '';
  if (!can(actor, 'manage-standing-offer', { organisationId: provider, public: true, withdrawn: false }))
    throw new ForbiddenException(FOR_WHOM);
}
