import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MailDecisions } from '#libs/mail/decisions.js';
import type { MailDecision } from '#libs/mail/decisions.js';
import { USUAL_DAYS } from '#libs/mail-forecast/mail-forecast.js';
import { readMailForecast } from '#libs/mail-forecast/shown-forecast.js';
import type { LedgerRow } from '#libs/mail-views/ledger-row.js';
import { MailSearch } from '#libs/mail-views/mail-search.js';
import { answering, found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { MAIL_FORECAST } from '../openapi/mail-answers.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { administering, idIn, revisionIn } from '../people/people-problems.js';
import { csvOfMails, everyMail } from './mail-csv.js';
import { MailDecisionDto, MailForecastQuery, MailQuery } from './mail.query.dto.js';

const MATCH = { name: 'If-Match', required: true, description: 'ETag of the mail that you have read' };

/** The ledger of mails for programs. */
@ApiTags('deployment')
@ApiBearerAuth()
@Needs('read-mail')
@Controller('api/v1')
export class MailController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly search: MailSearch,
    private readonly decisions: MailDecisions,
  ) {}

  @Get('mail')
  @ApiOperation({
    operationId: 'searchMail',
    summary: 'Every mail that was ever owed, across all cases, latest due first: to whom, why, what became of it',
  })
  @Answers(200, 'A page of the ledger', pageOf(ref('Mail')))
  page(@Query() query: MailQuery, @CurrentPerson() { actor }: SignedIn, @RequestId() requestId: string) {
    return answering(() => this.search.page(filterOf(query), { actor, requestId }));
  }

  @Get('mail.csv')
  @ApiOperation({ operationId: 'exportMail', summary: 'Everything that the filter finds, as a table' })
  @Answers(200, 'CSV, UTF-8 with a mark')
  async csv(
    @Query() query: MailQuery,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const { cursor: _, limit: __, ...filter } = filterOf(query);
    const rows = await answering(() => everyMail(this.search, filter, { actor, requestId }));
    response.attachment('mail.csv').type('text/csv; charset=utf-8').send(csvOfMails(rows));
  }

  @Get('mail/forecast')
  @ApiOperation({
    operationId: 'forecastMail',
    summary: 'Who would get which mail when if nobody acts; nothing is sent or written',
  })
  @Answers(200, 'Mails that wait, and mails that clocks will call for, in the order in which they go', MAIL_FORECAST)
  forecast(
    @Query() { days = USUAL_DAYS, reference }: MailForecastQuery,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
  ) {
    return readMailForecast(this.dataSource, { days, reference }, { actor, requestId });
  }

  @Get('mail/:id')
  @ApiOperation({ operationId: 'getMail', summary: 'One mail with all that happened to it' })
  @Answers(200, 'The mail', ref('Mail'))
  one(
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.answer(id, me, requestId, response);
  }

  @Needs('decide-mail')
  @Post('mail/:id/send-again')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'sendMailAgain',
    summary: 'Send a mail once more that did not arrive for certain, under its own Message-ID; again: no effect',
  })
  @ApiHeader(MATCH)
  @Answers(200, 'The mail, which is due', ref('Mail'))
  sendAgain(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { reason }: MailDecisionDto,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.decide('sent_again', id, [ifMatch, reason], me, requestId, response);
  }

  @Needs('decide-mail')
  @Post('mail/:id/leave')
  @HttpCode(200)
  @ApiOperation({ operationId: 'leaveMail', summary: 'Leave a mail that did not arrive for certain; again: no effect' })
  @ApiHeader(MATCH)
  @Answers(200, 'The mail', ref('Mail'))
  leave(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { reason }: MailDecisionDto,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.decide('left', id, [ifMatch, reason], me, requestId, response);
  }

  private async decide(
    what: MailDecision,
    given: string,
    [ifMatch, reason]: [string | undefined, string],
    me: SignedIn,
    requestId: string,
    response: Response,
  ): Promise<LedgerRow> {
    const { id } = await this.row(given, me, requestId);
    const basedOn = revisionIn(ifMatch);
    await administering(() => this.decisions.decide({ mailId: id, what, personId: me.person.id, reason, basedOn }));
    return this.answer(id, me, requestId, response);
  }

  private async row(id: string, { actor }: SignedIn, requestId: string): Promise<LedgerRow> {
    return found(await this.search.find(idIn(id, 'mail'), { actor, requestId }), 'mail');
  }

  private async answer(id: string, me: SignedIn, requestId: string, response: Response): Promise<LedgerRow> {
    const row = await this.row(id, me, requestId);
    response.setHeader('ETag', `"${row.decisions}"`);
    return row;
  }
}

const filterOf = (query: MailQuery) => ({ ...query, undecided: query.undecided === 'yes' });
