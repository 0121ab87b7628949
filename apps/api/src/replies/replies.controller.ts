import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering } from '../cases/case-problems.js';
import { keyOf } from '../cases/command-body.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { bodyOf } from '../problems/body-of.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { RepliesDesk } from './replies-desk.js';
import { AcceptReplyDto, SetAsideDto } from './replies.dto.js';

/** Replies by mail of a case, for programs. */
@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/cases/:reference/replies')
export class RepliesController {
  constructor(private readonly desk: RepliesDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listReplies', summary: 'Replies by mail: those that wait first' })
  @Answers(200, 'All of them', pageOf(ref('Message')))
  async list(@Param('reference') reference: string, @CurrentPerson() me: SignedIn, @RequestId() requestId: string) {
    const { items } = await this.desk.read(reference, me.actor, requestId);
    return { items, next: null };
  }

  @Post(':id/accept')
  @ApiBody({ type: AcceptReplyDto })
  @HttpCode(204)
  @ApiOperation({ operationId: 'acceptReply', summary: 'Take the step that a reply stands for, in its sender’s name' })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key gives the same answer' })
  @Answers(204, 'It is on file, with who accepted it')
  async accept(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Headers('idempotency-key') header: string | undefined,
    @Body() given: unknown,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.desk.mayDecide(reference, me.actor);
    const key = keyOf(header);
    const body = await bodyOf(given, AcceptReplyDto);
    await answering(() => this.desk.accept({ reference, id, key }, me.actor, body, requestId));
  }

  @Post(':id/set-aside')
  @ApiBody({ type: SetAsideDto })
  @HttpCode(204)
  @ApiOperation({ operationId: 'setReplyAside', summary: 'Say that nothing is to be done about a reply' })
  @Answers(204, 'It waits no more')
  async setAside(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Body() given: unknown,
    @CurrentPerson() me: SignedIn,
  ): Promise<void> {
    await this.desk.mayDecide(reference, me.actor);
    const { reason } = await bodyOf(given, SetAsideDto);
    await this.desk.setAside(reference, id, me.actor, reason);
  }
}
