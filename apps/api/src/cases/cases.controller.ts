import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CaseFacts } from '#libs/case-reading/case-facts.js';
import { CaseList } from '#libs/case-reading/case-list.js';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { Answers, list, pageOf, ref, shape } from '../openapi/schema.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { validation } from '../problems/validation.js';
import { CaseDesk } from './case-desk.js';
import { answering, found } from './case-problems.js';
import { CasesQuery, PageQuery } from './cases.query.dto.js';
import { commandOf, keyOf, verbOf } from './command-body.js';
import { countedCursor } from './cursor.js';

const DEFAULT_PAGE = 100;

/** Cases for programs: the same commands and read models as the pages. */
@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/cases')
export class CasesController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly reader: CaseReader,
    private readonly list: CaseList,
    private readonly facts: CaseFacts,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listCases', summary: 'Cases of a queue, least time left first' })
  @Answers(200, 'A page of cases that the caller may see', pageOf(ref('CaseListItem')))
  page(@Query() query: CasesQuery, @CurrentPerson() me: SignedIn) {
    return answering(() => this.list.page(query, me.actor));
  }

  @OpenToGuests()
  @Get(':reference')
  @ApiOperation({ operationId: 'getCase', summary: 'One case, as far as the caller may see it' })
  @Answers(200, 'The case', ref('Case'))
  async one(
    @Param('reference') reference: string,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseView> {
    const view = found(await this.reader.view(reference, me.actor, { door: 'api', requestId }));
    // Weak: what is left of a clock changes between two versions.
    response.setHeader('ETag', `W/"${view.version}"`);
    return view;
  }

  @OpenToGuests()
  @Get(':reference/timeline')
  @ApiOperation({ operationId: 'getTimeline', summary: 'What happened, oldest first' })
  @Answers(200, 'A page of the timeline', pageOf(ref('TimelineEntry')))
  async timeline(
    @Param('reference') reference: string,
    @Query() query: PageQuery,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
  ) {
    const entries = found(await this.reader.timeline(reference, me.actor, { door: 'api', requestId }));
    const after = countedCursor(query.cursor);
    const left = entries.filter(({ version }) => version > after);
    const items = left.slice(0, query.limit ?? DEFAULT_PAGE);
    return { items, next: left.length > items.length ? String(items.at(-1)?.version) : null };
  }

  @OpenToGuests()
  @Get(':reference/clocks/:name/explanation')
  @ApiOperation({ operationId: 'explainClock', summary: 'Why a clock’s deadline is what it is' })
  @Answers(200, 'Every cycle of the clock', shape<{ items: unknown }>({ items: list(ref('ClockExplanation')) }))
  async explanation(
    @Param('reference') reference: string,
    @Param('name') name: string,
    @CurrentPerson() { actor, person }: SignedIn,
    @RequestId() requestId: string,
  ) {
    const asking = { actor, zone: person.timezone, requestId };
    const { items } = found(await this.facts.explanations(reference, name, asking), 'clock');
    return { items };
  }

  @OpenToGuests()
  @Get(':reference/mail')
  @ApiOperation({ operationId: 'listMail', summary: 'The mail ledger of the case' })
  @Answers(200, 'All rows for coordinators, their own for others', pageOf(ref('Mail')))
  async mail(@Param('reference') reference: string, @CurrentPerson() me: SignedIn, @RequestId() requestId: string) {
    const { items } = found(await this.facts.mails(reference, me.actor, { door: 'mail', requestId }));
    return { items, next: null };
  }

  @OpenToGuests()
  @Get(':reference/export')
  @ApiOperation({ operationId: 'exportCase', summary: 'The whole case as the caller may see it: view and timeline' })
  @Answers(
    200,
    'Case and timeline',
    shape<{ case: unknown; timeline: unknown }>({ case: ref('Case'), timeline: list(ref('TimelineEntry')) }),
  )
  async export(@Param('reference') reference: string, @CurrentPerson() me: SignedIn, @RequestId() requestId: string) {
    return found(await this.reader.export(reference, me.actor, requestId));
  }

  @OpenToGuests()
  @Post(':reference/:verb')
  @HttpCode(200)
  @ApiOperation({ summary: 'A step of the case; answers with the case right after it' })
  @ApiParam({ name: 'verb', description: 'See `nextActions` of the case' })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key gives the same answer' })
  @Answers(200, 'The case right after the step, as the caller sees it', ref('Case'))
  async command(
    @Param('reference') reference: string,
    @Param('verb') verb: string,
    @Headers('idempotency-key') header: string | undefined,
    @Body() body: unknown,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
  ): Promise<CaseView> {
    found(await this.reader.row(reference, me.actor));
    const known = verbOf(verb);
    const key = keyOf(header);
    const command = await commandOf(validation, known, body);
    const through = { door: 'api', requestId } as const;
    return found(await answering(() => this.desk.send(reference, me.actor, key, command, through)));
  }
}
