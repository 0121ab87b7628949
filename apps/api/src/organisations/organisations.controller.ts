import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource, MoreThan } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { Answers, anything, pageOf, ref } from '../openapi/schema.js';

export class OrganisationsQuery extends PageQuery {
  @ApiProperty({ required: false, enum: ['responder'] }) @IsOptional() @IsIn(['responder']) role?: 'responder';
}

const DEFAULT_PAGE = 200;

/** Who is who: responders and other organisations, and the States of the reference data. */
@ApiTags('reference')
@ApiBearerAuth()
@Controller('api/v1')
export class OrganisationsController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('organisations')
  @ApiOperation({ operationId: 'listOrganisations', summary: 'Organisations, by code' })
  @Answers(200, 'A page of organisations', pageOf(ref('Organisation')))
  async organisations(@Query() { role, limit = DEFAULT_PAGE, cursor = '' }: OrganisationsQuery) {
    const rows = await this.dataSource.manager.find(Organisation, {
      select: { id: true, code: true, name: true, kind: true },
      where: { code: MoreThan(cursor), ...(role === 'responder' && { responder: true }) },
      ...byCode(limit),
    });
    return codePage(rows, limit);
  }

  @Get('states')
  @Answers(200, 'A page of States', pageOf(anything))
  @ApiOperation({ operationId: 'listStates', summary: 'States, with the source and confidence of what is known' })
  async states(@Query() { limit = DEFAULT_PAGE, cursor = '' }: PageQuery) {
    const rows = await this.dataSource.manager.find(State, { where: { code: MoreThan(cursor) }, ...byCode(limit) });
    return codePage(rows, limit);
  }
}

/** One row more than the page holds tells whether there is another page. */
const byCode = (limit: number) => ({ order: { code: 'ASC' }, take: limit + 1 }) as const;

/** A page of a list in the order of its codes; the cursor is the last code shown. */
function codePage<T extends { code: string }>(rows: T[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
}
