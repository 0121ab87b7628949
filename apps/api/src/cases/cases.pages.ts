import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpException, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import { Messages } from '#libs/inbound/messages.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { validation } from '../problems/validation.js';
import { PeopleDirectory } from '../queue/people-directory.js';
import { DocumentSection } from '../documents/document-section.js';
import { CaseDesk } from './case-desk.js';
import { answering, found } from './case-problems.js';
import { commandOf, verbOf } from './command-body.js';
import { consolePage, formPage, responderPage, statePage } from './case-models.js';
import { bodyOf } from './forms/form-body.js';
import { FORMS } from './forms/index.js';

type Submitted = Record<string, string | string[] | undefined>;

/** A case for people: one address, and a page for each side of it; every verb a form. */
@ApiExcludeController()
@OpenToGuests()
@Controller('cases/:reference')
export class CasesPages {
  constructor(
    private readonly desk: CaseDesk,
    private readonly reader: CaseReader,
    private readonly people: PeopleDirectory,
    private readonly messages: Messages,
    private readonly documents: DocumentSection,
  ) {}

  @Get()
  async page(
    @Param('reference') reference: string,
    @Query('done') done: string | undefined,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const page = found(await this.reader.page(reference, me.actor, { door: 'page', requestId }));
    const [template, model] = pageOf(page.view);
    response.render(template, {
      ...model(page),
      ...(await this.documents.of(reference, me.actor, String(response.locals['lang']))),
      key: randomUUID(),
      done: FORMS[done as Verb]?.button ?? null,
      repliesWaiting: await this.repliesWaiting(page.view),
    });
  }

  @Get(':verb')
  async form(
    @Param('reference') reference: string,
    @Param('verb') word: string,
    @Query('offerId') offerId: string | undefined,
    @Query('breach') breach: string | undefined,
    @Query('reached') reached: string | undefined,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const page = found(await this.reader.page(reference, me.actor, { door: 'page', requestId }));
    const verb = verbOf(word);
    if (!page.view.nextActions.includes(verb)) return this.notNow(page.view, verb, response);
    const chosen = { ...(offerId && { offerId }), ...(breach && { breach }), ...(reached && { reached }) };
    const sending = { key: randomUUID(), _: wordsOf(response), submitted: chosen };
    response.render('cases/views/command.njk', formPage(page, verb, await this.options(page.view), sending));
  }

  @Post(':verb')
  async send(
    @Param('reference') reference: string,
    @Param('verb') word: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const page = found(await this.reader.page(reference, me.actor, { door: 'page', requestId }));
    const verb = verbOf(word);
    const key = typeof submitted['_key'] === 'string' ? submitted['_key'] : randomUUID();
    try {
      const command = await commandOf(validation, verb, bodyOf(FORMS[verb].fields, submitted));
      found(await answering(() => this.desk.send(reference, me.actor, key, command, { door: 'page', requestId })));
    } catch (error) {
      if (!(error instanceof HttpException) || ![400, 409, 422].includes(error.getStatus())) throw error;
      const sending = { key: randomUUID(), _: wordsOf(response), submitted, refusal: error };
      const model = formPage(page, verb, await this.options(page.view), sending);
      return response.status(error.getStatus()).render('cases/views/command.njk', model);
    }
    return response.redirect(303, `/cases/${reference}?done=${verb}`);
  }

  /** For whoever may read them; null for others, who hear of none. */
  private async repliesWaiting({ reference, fields }: CaseView): Promise<number | null> {
    const mayRead = fields.includes('restricted') && fields.includes('internal');
    return mayRead ? this.messages.waitingOn(reference) : null;
  }

  /** Parties that the State has excluded are in no list. */
  private async options({ excludedParties }: CaseView) {
    const [coordinators, responders] = await Promise.all([
      this.people.coordinators(),
      this.people.responders(excludedParties),
    ]);
    return { coordinators, responders };
  }

  /** The case moved on while the page was open, or the step is somebody else's. */
  private notNow(view: CaseView, verb: Verb, response: Response) {
    return response.status(409).render('cases/views/not-now.njk', { title: FORMS[verb].title, view, forms: FORMS });
  }
}

function pageOf({ you }: CaseView) {
  if (you.includes('coordinator') || you.includes('observer')) return ['cases/views/console.njk', consolePage] as const;
  return you.includes('requester')
    ? (['cases/views/state.njk', statePage] as const)
    : (['cases/views/responder.njk', responderPage] as const);
}
