import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessLog } from '#libs/case-reading/access-log.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { AccessDesk } from './access-desk.js';
import { PageQuery } from './cases.query.dto.js';
import { givenCursor } from './cursor.js';

/** Who has looked at a case, for programs of the State and of the coordinators on it. */
@ApiTags('cases')
@ApiBearerAuth()
@OpenToGuests()
@Controller('api/v1/cases/:reference/access-log')
export class AccessLogController {
  constructor(
    private readonly desk: AccessDesk,
    private readonly log: AccessLog,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listAccess',
    summary: 'Who has looked at the case, newest first; for the State and the coordinators on it',
  })
  @Answers(200, 'A page of looks', pageOf(ref('AccessEntry')))
  async page(@Param('reference') reference: string, @Query() query: PageQuery, @CurrentPerson() me: SignedIn) {
    const { id } = await this.desk.caseFor(reference, me.actor);
    return this.log.page(id, { cursor: givenCursor(query.cursor), limit: query.limit });
  }
}
