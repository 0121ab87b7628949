import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource, MoreThan } from 'typeorm';
import type { Organisation } from '#libs/database/entities/organisation.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { Organisations } from '#libs/people/organisations.js';
import type { OrganisationFacts } from '#libs/people/organisations.js';
import { found } from '../cases/case-problems.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { keyOf } from '../cases/command-body.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, anything, pageOf, ref } from '../openapi/schema.js';
import { fieldProblem } from '../problems/validation.js';
import { AddOrganisationDto, ChangeOrganisationDto, OrganisationsQuery } from './organisations.dto.js';
import { administering, etagOf, idIn, revisionIn } from './people-problems.js';

const DEFAULT_PAGE = 200;

/** Who is who: responders and other organisations, and the States of the reference data. */
@ApiTags('reference')
@ApiBearerAuth()
@Controller('api/v1')
export class OrganisationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly organisations: Organisations,
  ) {}

  @Get('organisations')
  @ApiOperation({ operationId: 'listOrganisations', summary: 'Organisations in use, by code' })
  @Answers(200, 'A page of organisations', pageOf(ref('Organisation')))
  async page(@Query() { role, limit = DEFAULT_PAGE, cursor = '' }: OrganisationsQuery) {
    const responder = role === 'responder' ? { responder: true } : {};
    const rows = await this.organisations.page({ active: true, ...responder, limit, cursor });
    const { items, next } = codePage(rows, limit);
    return { items: items.map(({ id, code, name, kind }) => ({ id, code, name, kind })), next };
  }

  @Needs('manage-organisations')
  @Get('organisations/:id')
  @ApiOperation({ operationId: 'getOrganisation', summary: 'One organisation, for administrators' })
  @Answers(200, 'The organisation', ref('OrganisationRecord'))
  async one(@Param('id') id: string, @Res({ passthrough: true }) response: Response) {
    return answer(found(await this.organisations.find(idIn(id, 'organisation')), 'organisation'), response);
  }

  @Needs('manage-organisations')
  @Post('organisations')
  @ApiOperation({ operationId: 'addOrganisation', summary: 'Add an organisation' })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key gives the same answer' })
  @Answers(201, 'The organisation', ref('OrganisationRecord'))
  async add(
    @Headers('idempotency-key') header: string | undefined,
    @Body() body: AddOrganisationDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const facts = { ...body, stateCode: body.stateCode ?? null };
    const request = { key: keyOf(header), payload: { addOrganisation: facts } };
    const organisation = await administering(() => this.organisations.add(me.person.id, facts, request));
    response.setHeader('Location', `/api/v1/organisations/${organisation.id}`);
    return answer(organisation, response);
  }

  @Needs('manage-organisations')
  @Patch('organisations/:id')
  @ApiOperation({ operationId: 'changeOrganisation', summary: 'Change an organisation, or take it out of use' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of what you have read' })
  @Answers(200, 'The organisation as it is now', ref('OrganisationRecord'))
  async change(
    @Param('id') given: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { active, reason = '', ...body }: ChangeOrganisationDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const id = idIn(given, 'organisation');
    const revision = revisionIn(ifMatch);
    const changes = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    if (active !== undefined && Object.keys(changes).length)
      throw fieldProblem([{ field: 'active', message: 'is changed on its own, with its reason' }], 422);
    const organisation = await administering(() =>
      active === undefined
        ? this.organisations.change(me.person.id, id, revision, changes as Partial<OrganisationFacts>)
        : this.organisations.setActive(me.person.id, id, revision, active, reason),
    );
    return answer(organisation, response);
  }

  @Get('states')
  @Answers(200, 'A page of States', pageOf(anything))
  @ApiOperation({ operationId: 'listStates', summary: 'States, with the source and confidence of what is known' })
  async states(@Query() { limit = DEFAULT_PAGE, cursor = '' }: PageQuery) {
    const rows = await this.dataSource.manager.find(State, {
      where: { code: MoreThan(cursor) },
      order: { code: 'ASC' },
      take: limit + 1,
    });
    return codePage(rows, limit);
  }
}

function answer(organisation: Organisation, response: Response): Organisation {
  response.setHeader('ETag', etagOf(organisation));
  return organisation;
}

/** A page of a list in the order of its codes; one row more than the page holds tells whether there is another. */
function codePage<T extends { code: string }>(rows: T[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
}
