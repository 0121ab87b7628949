import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MessageDecisions } from '#libs/inbound/decisions.js';
import { Messages } from '#libs/inbound/messages.js';
import { found } from '../cases/case-problems.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { idIn } from '../people/people-problems.js';
import { deciding } from './deciding.js';
import { AttachMessageDto, SetAsideDto } from './replies.dto.js';

const DEFAULT_PAGE = 100;

/** Mail that nobody could put on a case, for programs. */
@ApiTags('cases')
@ApiBearerAuth()
@Needs('triage-mail')
@Controller('api/v1/triage/mail')
export class TriageController {
  constructor(
    private readonly messages: Messages,
    private readonly decisions: MessageDecisions,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listTriageMail', summary: 'Messages of unknown senders and threads, oldest first' })
  @Answers(200, 'A page of them, without what they say', pageOf(ref('MessageHead')))
  page(@Query() { limit = DEFAULT_PAGE, cursor }: PageQuery) {
    return this.messages.triage(limit, cursor ? idIn(cursor, 'message') : undefined);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getTriageMail', summary: 'One of these messages' })
  @Answers(200, 'The message', ref('Message'))
  async one(@Param('id') id: string) {
    return found(await this.messages.inTriage(idIn(id, 'message')), 'message');
  }

  @Post(':id/attach')
  @HttpCode(204)
  @ApiOperation({ operationId: 'attachTriageMail', summary: 'Put a message on a case' })
  @Answers(204, 'It waits on the case')
  async attach(
    @Param('id') id: string,
    @Body() { reference, reason }: AttachMessageDto,
    @CurrentPerson() me: SignedIn,
  ): Promise<void> {
    await deciding(() => this.decisions.attach(idIn(id, 'message'), reference, me.person.id, reason));
  }

  @Post(':id/set-aside')
  @HttpCode(204)
  @ApiOperation({ operationId: 'setTriageMailAside', summary: 'Say that nothing is to be done about a message' })
  @Answers(204, 'It waits no more')
  async setAside(@Param('id') id: string, @Body() { reason }: SetAsideDto, @CurrentPerson() me: SignedIn) {
    await deciding(() => this.decisions.setAside(idIn(id, 'message'), null, me.person.id, reason));
  }
}
