import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpException, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Translate } from '#libs/i18n/translator.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering } from '../cases/case-problems.js';
import { errorWords, hasRemedy } from '../cases/forms/error-words.js';
import { dateOf } from '../cases/forms/form-body.js';
import { refusalWords } from '../cases/refusal-words.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { said, textIn } from '../people/form-refusals.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import type { Problem } from '../problems/problem.js';
import { validation } from '../problems/validation.js';
import {
  DECIDED_WORDS,
  FIELD_WORDS,
  FOUND_WORDS,
  MEANING_WORDS,
  meaningsFor,
  OTHER_SIDE,
  SIDE_WORDS,
} from './message-words.js';
import { RepliesDesk } from './replies-desk.js';
import { AcceptReplyDto, SetAsideDto } from './replies.dto.js';

/** As much as goes on file with one step; what is longer stays with the message. */
const LONGEST_TEXT = 4_000;

/** Replies by mail of a case, each with what can be done about it. Looking at them changes nothing. */
@ApiExcludeController()
@Controller('cases/:reference/replies')
export class RepliesPages {
  constructor(private readonly desk: RepliesDesk) {}

  @Get()
  async page(
    @Param('reference') reference: string,
    @Query('done') done: string | undefined,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const model = await this.model(reference, me, requestId);
    response.render('replies/views/replies.njk', { ...model, done: DECIDED_WORDS[done ?? ''] ?? null, ...said() });
  }

  @Post(':id/accept')
  accept(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const key = textIn(submitted, '_key') || randomUUID();
    const keep = textIn(submitted, 'keep') === 'contact';
    return this.decide({ reference, id, end: 'accepted', submitted }, me, requestId, response, async () => {
      const as = keep ? 'contact' : textIn(submitted, 'as');
      const given = {
        ...{ as, text: textIn(submitted, 'text') || undefined },
        ...(as === 'time' && { until: dateOf(submitted, `until-${id}`) || undefined }),
        ...(as === 'pass_on' && { email: textIn(submitted, 'email') || undefined }),
      };
      const body = (await validation.transform(given, { type: 'body', metatype: AcceptReplyDto })) as AcceptReplyDto;
      await answering(() => this.desk.accept({ reference, id, key }, me.actor, body, requestId));
    });
  }

  @Post(':id/set-aside')
  setAside(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.decide({ reference, id, end: 'set-aside', submitted }, me, requestId, response, async () => {
      const given = { reason: textIn(submitted, 'reason') };
      const body = (await validation.transform(given, { type: 'body', metatype: SetAsideDto })) as SetAsideDto;
      await this.desk.setAside(reference, id, me.actor, body.reason);
    });
  }

  /** Back to the page when it is done; the page with what is wrong when it is not. */
  private async decide(
    { reference, id, end, submitted }: { reference: string; id: string; end: string; submitted: Submitted },
    me: SignedIn,
    requestId: string,
    response: Response,
    work: () => Promise<void>,
  ) {
    await this.desk.mayDecide(reference, me.actor);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof HttpException) || ![409, 422].includes(error.getStatus())) throw error;
      const problem = error.getResponse() as Problem;
      const _ = wordsOf(response);
      const errors = errorsOf(problem, id, _);
      const model = await this.model(reference, me, requestId);
      return response
        .status(error.getStatus())
        .render('replies/views/replies.njk', { ...model, done: null, given: { id, ...submitted }, ...said(errors) });
    }
    return response.redirect(303, `/cases/${reference}/replies?done=${end}`);
  }

  private async model(reference: string, me: SignedIn, requestId: string) {
    const view = await this.desk.read(reference, me.actor, requestId);
    const items = view.items.map((message) => ({
      ...message,
      meanings: meaningsFor(message),
      draft: message.text.slice(0, LONGEST_TEXT),
      found: message.foundBy && FOUND_WORDS[message.foundBy],
      side: message.party ? SIDE_WORDS[message.party] : OTHER_SIDE,
      key: randomUUID(),
    }));
    return { title: 'Replies by mail', dense: true, view, items, meaningWords: MEANING_WORDS, given: null };
  }
}

const UNTIL = { label: 'They answer by', kind: 'date' } as const;

/** What is wrong, at its field of this message's form; a refusal as a whole where it names none that the form has. */
function errorsOf(problem: Problem, id: string, _: Translate): FormError[] {
  const [, named = '', refused = ''] = /^(\w+): (.+)$/.exec(problem.code ? (problem.detail ?? '') : '') ?? [];
  const refusals = ['until', 'email'].includes(named) ? [{ field: named, message: refused }] : [];
  const errors = [...(problem.errors ?? []), ...refusals].map(({ field, message }) => ({
    field: `${field}-${id}`,
    text: field === 'until' && hasRemedy(message) ? errorWords(UNTIL, message, _) : _(FIELD_WORDS[field] ?? message),
  }));
  return errors.length ? errors : [{ field: `message-${id}`, text: refusalWords(problem, _) }];
}
