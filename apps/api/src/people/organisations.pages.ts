import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { State } from '#libs/database/entities/state.entity.js';
import type { Organisation } from '#libs/database/entities/organisation.entity.js';
import { can } from '#libs/domain/access/can.js';
import { ORGANISATION_KINDS } from '#libs/domain/access/organisation-kinds.js';
import type { OrganisationKind } from '#libs/domain/access/organisation-kinds.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { Organisations } from '#libs/people/organisations.js';
import type { OrganisationFacts } from '#libs/people/organisations.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from './form-refusals.js';
import type { FormError, FormRefusal, Submitted } from './form-refusals.js';
import { idIn } from './people-problems.js';
import { doneWords, KIND_WORDS } from './people-words.js';

const PAGE = 50;

/** Organisations for administrators: finding, adding, changing them, and taking them out of use. */
@ApiExcludeController()
@Controller('admin/organisations')
export class OrganisationsPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  async page(@Query() query: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    administrator(me);
    const filter = filterIn(query);
    const rows = await this.organisations.page({ ...filter, limit: PAGE });
    const items = rows.slice(0, PAGE);
    const next = rows.length > PAGE ? addressOf({ ...query, cursor: items.at(-1)?.code ?? '' }) : null;
    response.render('people/views/organisations.njk', {
      ...{ title: 'Organisations', dense: true, items, next, query, done: doneWords(query['done']) },
      ...{ kinds: ORGANISATION_KINDS, kindWords: KIND_WORDS },
    });
  }

  @Get('new')
  async blank(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    administrator(me);
    response.render('people/views/organisation.njk', await this.model(null, {}));
  }

  @Post('new')
  async add(@Body() submitted: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    administrator(me);
    const facts = factsIn(submitted);
    const refusal = await tried(() => this.organisations.add(me.person.id, facts), response);
    if (!refusal) return response.redirect(303, '/admin/organisations?done=added');
    const model = await this.model(null, facts, refusal.errors);
    return response.status(refusal.status).render('people/views/organisation.njk', model);
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query('done') done: unknown,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const organisation = await this.seen(id, me);
    const model = await this.model(organisation, organisation);
    response.render('people/views/organisation.njk', { ...model, done: doneWords(done) });
  }

  @Post(':id')
  async change(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const organisation = await this.seen(id, me);
    const facts = factsIn(submitted);
    const revision = Number(submitted['revision']);
    const work = () => this.organisations.change(me.person.id, organisation.id, revision, facts);
    return this.afterwards(await tried(work, response), organisation, facts, response);
  }

  @Post(':id/active')
  async setActive(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const organisation = await this.seen(id, me);
    const revision = Number(submitted['revision']);
    const reason = textIn(submitted, 'reason');
    const work = () =>
      this.organisations.setActive(me.person.id, organisation.id, revision, submitted['active'] === 'yes', reason);
    return this.afterwards(await tried(work, response), organisation, { ...organisation, reason }, response);
  }

  private async afterwards(
    refusal: FormRefusal | null,
    organisation: Organisation,
    values: object,
    response: Response,
  ) {
    if (!refusal) return response.redirect(303, `/admin/organisations/${organisation.id}?done=changed`);
    const model = await this.model(organisation, values, refusal.errors);
    return response.status(refusal.status).render('people/views/organisation.njk', model);
  }

  private async seen(id: string, me: SignedIn): Promise<Organisation> {
    administrator(me);
    return found(await this.organisations.find(idIn(id, 'organisation')), 'organisation');
  }

  private async model(organisation: Organisation | null, values: object, errors: FormError[] = []) {
    const states = await this.dataSource.manager.find(State, { order: { name: 'ASC' } });
    return {
      title: organisation?.name ?? 'Add an organisation',
      ...{ organisation, values, kinds: ORGANISATION_KINDS, kindWords: KIND_WORDS, ...said(errors) },
      states: states.map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
    };
  }
}

/** @throws 404 for whom these pages are not */
const administrator = (me: SignedIn): void => void found(can(me.actor, 'manage-organisations') ? me : null, 'page');

async function tried(work: () => Promise<unknown>, response: Response): Promise<FormRefusal | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return refusalOf(error, wordsOf(response));
  }
}

const factsIn = (submitted: Submitted): OrganisationFacts => ({
  code: textIn(submitted, 'code').toUpperCase(),
  name: textIn(submitted, 'name'),
  kind: textIn(submitted, 'kind') as OrganisationKind,
  stateCode: textIn(submitted, 'stateCode') || null,
  responder: textIn(submitted, 'responder') === 'yes',
});

function filterIn(query: Submitted) {
  const kind = ORGANISATION_KINDS.find((one) => one === query['kind']);
  const q = textIn(query, 'q');
  const active = { yes: true, no: false }[textIn(query, 'active') as 'yes' | 'no'];
  return {
    ...(q && { q }),
    ...(kind && { kind }),
    ...(active !== undefined && { active }),
    cursor: textIn(query, 'cursor'),
  };
}

function addressOf(query: Submitted): string {
  const kept = ['q', 'kind', 'active', 'cursor'].filter((name) => textIn(query, name));
  const values = kept.map((name): [string, string] => [name, textIn(query, name)]);
  return `/admin/organisations?${new URLSearchParams(values).toString()}`;
}
