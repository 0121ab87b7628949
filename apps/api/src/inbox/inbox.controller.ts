import { Controller, ForbiddenException, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { countedCursor } from '../cases/cursor.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, anything, instant, list, pageOf, shape, text } from '../openapi/schema.js';
import { Inbox } from './inbox.js';

export class InboxQuery extends PageQuery {
  @ApiProperty({ required: false }) @IsOptional() @IsString() to?: string;
}

const DEFAULT_PAGE = 50;
const CAUGHT_MAIL = shape<Omit<CaughtMail, 'id'>>({
  messageId: text,
  from: text,
  to: list(text),
  subject: text,
  text,
  html: text,
  headers: anything,
  receivedAt: instant,
});

/** Caught mail as JSON, for programs that drive the demonstration. */
@ApiTags('demo')
@ApiBearerAuth()
@Controller('api/v1/demo/mail')
export class InboxController {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  @ApiOperation({ operationId: 'listCaughtMail', summary: 'Caught mail, newest first' })
  @Answers(200, 'A page of mails', pageOf(CAUGHT_MAIL))
  async page(@Query() { to, limit = DEFAULT_PAGE, cursor }: InboxQuery, @CurrentPerson() me: SignedIn) {
    if (!me.actor.roles.includes('admin')) throw new ForbiddenException('Caught mail is for administrators.');
    countedCursor(cursor);
    const { items, next } = await this.inbox.page(to, limit, cursor);
    return { items: items.map(({ id: _, ...mail }) => ({ ...mail, receivedAt: mail.receivedAt.toISOString() })), next };
  }
}
