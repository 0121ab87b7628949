import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { can } from '#libs/domain/access/can.js';
import { heldData } from '#libs/erasure/held-data.js';
import type { HeldData } from '#libs/erasure/held-data.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, anything, shape, truth } from '../openapi/schema.js';

const HELD = shape<HeldData>({ account: anything, complete: truth, lists: anything });

/** What is held on people, for themselves and for whoever administers their accounts. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/v1')
export class AccountDataController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('account/data')
  @ApiOperation({ operationId: 'getOwnData', summary: 'Everything that is held on the caller; no secrets' })
  @Answers(200, 'Account, sessions, mails, drafts, acts', HELD)
  async own(@CurrentPerson() me: SignedIn): Promise<HeldData> {
    const { manager } = this.dataSource;
    return heldData(manager, await manager.findOneByOrFail(Person, { id: me.person.id }), true);
  }

  @Get('people/:id/data')
  @ApiOperation({
    operationId: 'getPersonData',
    summary: 'What is held on a person, for administrators: without what belongs to cases',
  })
  @ApiParam({ name: 'id', description: 'Id of the person' })
  @Answers(200, 'Account, sessions, mails, drafts, acts', HELD)
  async ofPerson(
    @Param('id', new ParseUUIDPipe({ exceptionFactory: () => found(null, 'person') })) id: string,
    @CurrentPerson() me: SignedIn,
  ): Promise<HeldData> {
    const { manager } = this.dataSource;
    const person = await manager.findOneBy(Person, { id });
    const subject = person && { personId: id, organisationId: person.organisationId, roles: person.roles };
    const seen = found(subject && can(me.actor, 'see-person', subject) ? person : null, 'person');
    return heldData(manager, seen, id === me.person.id);
  }
}
