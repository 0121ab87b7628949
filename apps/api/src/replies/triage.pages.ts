import { Body, Controller, Get, HttpException, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MessageDecisions } from '#libs/inbound/decisions.js';
import { Messages } from '#libs/inbound/messages.js';
import { Unknown } from '#libs/people/refused.js';
import { found } from '../cases/case-problems.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { STATE_WORDS } from '../documents/document-words.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from '../people/form-refusals.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import { idIn } from '../people/people-problems.js';
import type { Problem } from '../problems/problem.js';
import { validation } from '../problems/validation.js';
import { DECIDED_WORDS, FIELD_WORDS } from './message-words.js';
import { AttachMessageDto, SetAsideDto } from './replies.dto.js';

const PAGE = 50;
/** A refusal says at which field: the reason of setting aside has an id of its own on the page. */
type Place = 'attach' | 'aside';

/** Messages of unknown senders and threads: each is put on a case, or set aside. */
@ApiExcludeController()
@Needs('triage-mail')
@Controller('triage/mail')
export class TriagePages {
  constructor(
    private readonly messages: Messages,
    private readonly decisions: MessageDecisions,
  ) {}

  @Get()
  async list(@Query() { cursor }: PageQuery, @Query('done') done: string | undefined, @Res() response: Response) {
    const page = await this.messages.triage(PAGE, cursor ? idIn(cursor, 'message') : undefined);
    const model = { title: 'Mail without a case', dense: true, ...page, done: DECIDED_WORDS[done ?? ''] ?? null };
    response.render('replies/views/triage.njk', model);
  }

  @Get(':id')
  async one(@Param('id') id: string, @Res() response: Response) {
    response.render('replies/views/triage-mail.njk', { ...(await this.model(id)), given: {}, ...said() });
  }

  @Post(':id/attach')
  attach(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    return this.decide(id, 'attach', submitted, response, async () => {
      const given = { reference: textIn(submitted, 'reference'), reason: textIn(submitted, 'reason') };
      const { reference, reason } = (await validation.transform(given, {
        type: 'body',
        metatype: AttachMessageDto,
      })) as AttachMessageDto;
      await this.decisions.attach(idIn(id, 'message'), reference, me.person.id, reason);
    });
  }

  @Post(':id/set-aside')
  setAside(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    return this.decide(id, 'aside', submitted, response, async () => {
      const given = { reason: textIn(submitted, 'reason') };
      const { reason } = (await validation.transform(given, { type: 'body', metatype: SetAsideDto })) as SetAsideDto;
      await this.decisions.setAside(idIn(id, 'message'), null, me.person.id, reason);
    });
  }

  private async decide(id: string, place: Place, submitted: Submitted, response: Response, work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      if (error instanceof Unknown) found(null, 'message');
      const { status, errors } = this.refusal(error, response);
      const placed = errors.map(({ field, text }) => ({
        field: field === 'main-content' ? field : `${place}-${field}`,
        text,
      }));
      const model = { ...(await this.model(id)), given: { place, ...submitted }, ...said(placed) };
      return response.status(status).render('replies/views/triage-mail.njk', model);
    }
    return response.redirect(303, `/triage/mail?done=${place === 'attach' ? 'attached' : 'set-aside'}`);
  }

  private refusal(error: unknown, response: Response): { status: number; errors: FormError[] } {
    const _ = wordsOf(response);
    if (!(error instanceof HttpException)) return refusalOf(error, _);
    const { errors = [] } = error.getResponse() as Problem;
    if (error.getStatus() !== 422) throw error;
    return {
      status: 422,
      errors: errors.map(({ field, message }) => ({ field, text: _(FIELD_WORDS[field] ?? message) })),
    };
  }

  private async model(id: string) {
    const message = found(await this.messages.inTriage(idIn(id, 'message')), 'message');
    return { title: 'Mail without a case', dense: true, message, stateWords: STATE_WORDS };
  }
}
