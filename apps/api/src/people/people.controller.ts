import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { AccountsEnded } from '#libs/people/accounts-ended.js';
import { PeopleList } from '#libs/people/people-list.js';
import type { PersonView } from '#libs/people/people-list.js';
import { People } from '#libs/people/people.js';
import { keyOf } from '../cases/command-body.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { lookedAfterBy, seenBy } from './people-access.js';
import { administering, etagOf, idIn, revisionIn } from './people-problems.js';
import { InviteAgainDto, ChangePersonDto, InvitePersonDto, PeopleQuery, AccountReasonDto } from './people.dto.js';

const DEFAULT_PAGE = 100;
const KEY = { name: 'Idempotency-Key', required: true, description: 'The same key gives the same answer' };
const MATCH = { name: 'If-Match', required: true, description: 'ETag of what you have read' };

/** Accounts for programs: for an administrator everybody's, for the administrator of an office those of its people. */
@ApiTags('people')
@ApiBearerAuth()
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    private readonly list: PeopleList,
    private readonly people: People,
    private readonly ended: AccountsEnded,
  ) {}

  @Needs('look-after-people')
  @Get()
  @ApiOperation({ operationId: 'listPeople', summary: 'People with an account, by name' })
  @Answers(200, 'A page of the people that the caller looks after', pageOf(ref('Account')))
  page(@Query() query: PeopleQuery, @CurrentPerson() me: SignedIn) {
    const scope = lookedAfterBy(me);
    return administering(() => this.list.page({ ...query, ...scope, limit: query.limit ?? DEFAULT_PAGE }));
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getPerson', summary: 'One person with an account' })
  @Answers(200, 'The person', ref('Account'))
  async one(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res({ passthrough: true }) response: Response) {
    return this.answer(id, me, response);
  }

  @Needs('look-after-people')
  @Post()
  @ApiOperation({ operationId: 'invitePerson', summary: 'Invite somebody; they get a mail with a code' })
  @ApiHeader(KEY)
  @Answers(201, 'The person, who is active when they have set a password', ref('Account'))
  async invite(
    @Headers('idempotency-key') header: string | undefined,
    @Body() body: InvitePersonDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const request = { key: keyOf(header), payload: { invite: { ...body } } };
    const id = await administering(() => this.people.invite(me.person.id, { ...body }, request));
    response.setHeader('Location', `/api/v1/people/${id}`);
    return this.answer(id, me, response);
  }

  @Needs('look-after-people')
  @Patch(':id')
  @ApiOperation({ operationId: 'changePerson', summary: 'Change what is known of somebody, and what they may do' })
  @ApiHeader(MATCH)
  @Answers(200, 'The person as they are now', ref('Account'))
  async change(
    @Param('id') given: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() changes: ChangePersonDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { id } = await this.seen(given, me);
    const revision = revisionIn(ifMatch);
    await administering(() => this.people.change(me.person.id, id, revision, withoutBlanks(changes)));
    return this.answer(id, me, response);
  }

  @Needs('look-after-people')
  @Post(':id/disable')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'disablePerson',
    summary: 'End an account, with all that hangs on it; again: no effect',
  })
  @Answers(200, 'The person', ref('Account'))
  async disable(
    @Param('id') given: string,
    @Body() { reason }: AccountReasonDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { id } = await this.seen(given, me);
    await administering(() => this.ended.disable(me.person.id, id, reason));
    return this.answer(id, me, response);
  }

  @Needs('look-after-people')
  @Post(':id/enable')
  @HttpCode(200)
  @ApiOperation({ operationId: 'enablePerson', summary: 'Open an account again; again: no effect' })
  @Answers(200, 'The person', ref('Account'))
  async enable(
    @Param('id') given: string,
    @Body() { reason }: AccountReasonDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { id } = await this.seen(given, me);
    await administering(() => this.ended.enable(me.person.id, id, reason));
    return this.answer(id, me, response);
  }

  @Needs('look-after-people')
  @Post(':id/invitation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'inviteAgain', summary: 'Send a new code; the one before is worth nothing any more' })
  @ApiHeader(KEY)
  @Answers(200, 'The person', ref('Account'))
  async again(
    @Param('id') given: string,
    @Headers('idempotency-key') header: string | undefined,
    @Body() _: InviteAgainDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { id } = await this.seen(given, me);
    const request = { key: keyOf(header), payload: { inviteAgain: id } };
    await administering(() => this.people.resend(me.person.id, id, request));
    return this.answer(id, me, response);
  }

  private async seen(given: string, me: SignedIn): Promise<PersonView> {
    return seenBy(me, await this.list.find(idIn(given)));
  }

  private async answer(id: string, me: SignedIn, response: Response): Promise<PersonView> {
    const person = await this.seen(id, me);
    response.setHeader('ETag', etagOf(person));
    return person;
  }
}

const withoutBlanks = <T extends object>(changes: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
