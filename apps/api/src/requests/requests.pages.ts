import { Body, Controller, Get, Param, Post, Query, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CaseList } from '#libs/case-reading/case-list.js';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering, found } from '../cases/case-problems.js';
import { sentenceOf } from '../cases/state-words.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { answersOf, excludedIn } from './answers.js';
import type { Answers } from './answers.js';
import { check, errorsOf, statuses } from './check.js';
import { DraftDesk } from './draft-desk.js';
import { checkModel, sectionModel, tasksModel } from './form-models.js';
import { RequestDesk } from './request-desk.js';
import { DECLARATION, SECTIONS } from './sections.js';

const NOT_A_PARTY = 'A request for your State cannot be opened here. Please write to the coordinators.';

/** A State's own cases, and its request form: task list, sections, check your answers, confirmation. */
@ApiExcludeController()
@Controller('requests')
export class RequestsPages {
  constructor(
    private readonly list: CaseList,
    private readonly reader: CaseReader,
    private readonly drafts: DraftDesk,
    private readonly desk: RequestDesk,
  ) {}

  @Get()
  @Render('requests/views/own.njk')
  async own(@Query() query: PageQuery, @CurrentPerson() me: SignedIn) {
    const { items, next } = await answering(() => this.list.page(query, me.actor));
    const promised = items.map((item) => ({ ...item, promise: item.nearest && sentenceOf(item.nearest) }));
    return { title: 'Your requests', items: promised, next, drafts: await this.drafts.unfinished(me) };
  }

  @Get('new')
  async begin(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    found(me.actor.stateCode && me.actor.roles.includes('requester') ? me : null, 'form for you');
    const [last] = await this.drafts.unfinished(me);
    response.redirect(303, `/requests/drafts/${last?.id ?? (await this.drafts.begin(me))}`);
  }

  @Get('drafts/:id')
  async tasks(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const draft = found(await this.drafts.find(id, me), 'draft');
    if (draft.reference) return response.redirect(303, `/requests/sent/${draft.reference}`);
    const { errors } = await this.checked(draft.answers, me);
    return response.render('requests/views/tasks.njk', tasksModel(draft, statuses(draft.answers, errors)));
  }

  @Get('drafts/:id/check')
  async check(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const draft = found(await this.drafts.find(id, me), 'draft');
    if (draft.reference) return response.redirect(303, `/requests/sent/${draft.reference}`);
    return response.render('requests/views/check.njk', checkModel(draft, []));
  }

  @Get('drafts/:id/:section')
  async section(
    @Param('id') id: string,
    @Param('section') name: string,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = found(await this.drafts.find(id, me), 'draft');
    const section = found(
      SECTIONS.find((one) => one.id === name),
      'page of the form',
    );
    response.render('requests/views/section.njk', sectionModel(draft, section, draft.answers, []));
  }

  @Post('drafts/:id/discard')
  async discard(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    await this.drafts.discard(found(await this.drafts.find(id, me), 'draft'));
    response.redirect(303, '/requests');
  }

  @Post('drafts/:id/check')
  async submit(
    @Param('id') id: string,
    @Body() submitted: Record<string, unknown>,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const draft = found(await this.drafts.find(id, me), 'draft');
    if (draft.reference) return response.redirect(303, `/requests/sent/${draft.reference}`);
    const answers = { ...draft.answers, ...answersOf({ fields: DECLARATION }, submitted) };
    const { request, errors } = await this.checked(answers, me);
    if (!request) {
      const all = [...SECTIONS.flatMap(({ fields }) => fields), ...DECLARATION];
      const said = errorsOf(all, errors, wordsOf(response));
      if (!said.length) said.push({ field: 'main-content', text: NOT_A_PARTY });
      return response.status(422).render('requests/views/check.njk', checkModel({ ...draft, answers }, said));
    }
    const { view } = await this.desk.open(request, me, { door: 'page', requestId }, `draft-${draft.id}`);
    await this.drafts.finish(draft, view.reference);
    return response.redirect(303, `/requests/sent/${view.reference}`);
  }

  @Post('drafts/:id/:section')
  async save(
    @Param('id') id: string,
    @Param('section') name: string,
    @Body() submitted: Record<string, unknown>,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = found(await this.drafts.find(id, me), 'draft');
    const section = found(
      SECTIONS.find((one) => one.id === name),
      'page of the form',
    );
    const answers = answersOf(section, submitted);
    // Kept even when something is wrong: nobody types twice.
    await this.drafts.save(draft, answers);
    if (submitted['then'] === 'later') return response.redirect(303, '/requests');
    const wrong = await this.checked({ ...draft.answers, ...answers }, me);
    const errors = errorsOf(section.fields, wrong.errors, wordsOf(response));
    if (errors.length)
      return response.status(422).render('requests/views/section.njk', sectionModel(draft, section, answers, errors));
    return response.redirect(303, `/requests/drafts/${draft.id}`);
  }

  /** The answers held against the form's rules, and the State against the Convention's. */
  private async checked(answers: Answers, me: SignedIn) {
    const { request, errors } = await check(answers, me);
    const stage = answers['stageOfRatification'];
    const obstacles = await this.desk.stateObstacles({
      requestingState: me.actor.stateCode ?? '',
      ...(typeof stage === 'string' && stage && { stageOfRatification: stage }),
    });
    obstacles.push(...(await this.desk.unknownParties(excludedIn(answers))));
    return { request: obstacles.length ? null : request, errors: [...errors, ...obstacles] };
  }

  @Get('sent/:reference')
  @Render('requests/views/sent.njk')
  async sent(@Param('reference') reference: string, @CurrentPerson() me: SignedIn, @RequestId() requestId: string) {
    const view = found(await this.reader.view(reference, me.actor, { door: 'page', requestId }));
    // What was sent, and to whom it matters: everybody else has the case itself.
    found(view.you.includes('requester') ? view : null);
    const acknowledge = view.clocks.find(({ name }) => name === 'acknowledge');
    return { title: 'Request sent', view, acknowledge };
  }
}
