import { Body, Controller, Get, HttpException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnswerDesk } from '#libs/answering/answer-desk.js';
import { answerKey, AnswerTokens } from '#libs/answering/answer-tokens.js';
import type { Gone, Typed } from '#libs/answering/answer-tokens.js';
import type { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import type { ResponderAnswer } from '#libs/domain/case/answers.js';
import type { CommandVerb } from '#libs/domain/case/commands/index.js';
import type { Translate } from '#libs/i18n/translator.js';
import { answering } from '../cases/case-problems.js';
import { DECLINE_CHOICES } from '../cases/decline-words.js';
import { CarriesItsCode } from '../identity/carries-its-code.decorator.js';
import { Public } from '../identity/public.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { noteRefused } from '../identity/sign-in-log.js';
import { Throttled } from '../identity/sign-in-throttle.guard.js';
import { speakTo, wordsOf } from '../layout/words-of.js';
import type { Problem } from '../problems/problem.js';
import { AnswerBoard } from './answer-board.js';
import type { Asked } from './answer-board.js';
import { answerFrom, errorsOf, faultsOf, said } from './answer-form.js';
import type { FormError, Submitted } from './answer-form.js';
import { ANSWERS, answerOf, ASKS } from './answer-words.js';

/** A link that was found, with what it asks, and whether whoever looks is signed in as the person it was sent to. */
interface Opened {
  token: AnswerToken;
  asked: Asked;
  them: boolean;
  gone: Gone | null;
}

/**
 * The page that the link of a mail opens. Looking at it changes nothing, and sending its form without the code of the mail
 * does not either: a machine that follows links and fills in forms has no code.
 */
@ApiExcludeController()
@Public()
@Controller('answer')
export class AnswerPages {
  constructor(
    private readonly tokens: AnswerTokens,
    private readonly board: AnswerBoard,
    private readonly desk: AnswerDesk,
  ) {}

  @Get(':handle')
  async page(@Param('handle') handle: string, @Req() request: OurRequest, @Res() response: Response) {
    const opened = await this.open(handle, request, response);
    if (!opened) return showGone(response, 404);
    if (opened.gone) return showGone(response, 410, opened.gone);
    return showForm(response, opened, 200);
  }

  @CarriesItsCode()
  @Throttled('answer')
  @Post(':handle')
  async answer(
    @Param('handle') handle: string,
    @Body() submitted: Submitted,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const opened = await this.open(handle, request, response);
    if (!opened) return showGone(response, 404);
    const { token, gone } = opened;
    const typed = opened.them ? RIGHT : await this.tokens.tryCode(token, said(submitted, 'code'));
    if (typed.verdict !== 'right') {
      if (typed.verdict === 'wrong') noteRefused(request, 'code of a mail', token.personId);
      if (gone || typed.verdict === 'locked') return showGone(response, 410, gone ?? 'locked');
      return showForm(response, opened, 422, submitted, [codeError(typed, wordsOf(response))]);
    }
    const recorded = await this.tokens.recorded(token);
    if (recorded) return showRecorded(response, opened, recorded, said(submitted, 'answer'));
    if (gone) return showGone(response, 410, gone);
    return this.take(opened, submitted, response);
  }

  private async take(opened: Opened, submitted: Submitted, response: Response) {
    const _ = wordsOf(response);
    const { token } = opened;
    const kind = ASKS[token.purpose].answers.find((one) => one === said(submitted, 'answer'));
    if (!kind) return showForm(response, opened, 422, submitted, [{ field: 'answers', text: _('Choose an answer.') }]);
    const answer = answerFrom(kind, submitted);
    const faults = await faultsOf(answer, _);
    if (faults.length) return showForm(response, opened, 422, submitted, faults);
    try {
      if ((await this.give(token, answer)) === null) return showGone(response, 410, 'over');
    } catch (error) {
      const recorded = await this.tokens.recordedSoon(token);
      if (recorded) return showRecorded(response, opened, recorded, kind);
      if (!(error instanceof HttpException) || ![403, 409, 422].includes(error.getStatus())) throw error;
      return showForm(response, opened, 409, submitted, errorsOf(error.getResponse() as Problem, _));
    }
    await this.tokens.use(token);
    return showRecorded(response, opened, ANSWERS[kind].verb, kind);
  }

  private give(token: AnswerToken, answer: ResponderAnswer): Promise<number | null> {
    const { caseId, personId } = token;
    return answering(() => this.desk.give({ caseId, personId, answer, channel: 'mail_link', key: answerKey(token) }));
  }

  /** Null when nothing is known of such a link, or its person is nobody any more. */
  private async open(handle: string, { signedIn }: OurRequest, response: Response): Promise<Opened | null> {
    // The address names the link: nobody that the page leads to is told of it.
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Robots-Tag', 'noindex, nofollow');
    const token = await this.tokens.find(handle);
    if (!token) return null;
    const asked = await this.board.asked(token);
    speakTo(response, asked.language);
    const them = signedIn?.session !== null && signedIn?.actor.personId === token.personId;
    const gone = asked.active ? await this.tokens.gone(token) : 'over';
    return { token, asked, them, gone };
  }
}

const RIGHT: Typed = { verdict: 'right' };

function codeError(typed: Typed, _: Translate): FormError {
  const text =
    typed.verdict === 'wrong'
      ? _('This code is not right. Look at it again in the mail: {n} more tries are left.', { n: typed.left })
      : _('Enter the code from the mail: eight letters and digits, such as 7QK2-M0XD.');
  return { field: 'code', text };
}

export const GONE_TITLES: Record<Gone, string> = {
  used: 'This link has been used',
  over: 'This link is not valid any more',
  locked: 'Too many codes were wrong',
};

/** The same words whether there ever was such a case. */
function showGone(response: Response, status: 404 | 410, why: Gone = 'over') {
  return response.status(status).render('answer/views/gone.njk', { title: GONE_TITLES[why], why, phone: true });
}

function showForm(response: Response, opened: Opened, status: number, submitted: Submitted = {}, errors?: FormError[]) {
  const { token, asked, them } = opened;
  const { title, what, answers } = ASKS[token.purpose];
  return response.status(status).render('answer/views/answer.njk', {
    ...{ title, what, asked, them, submitted, errors, phone: true },
    answers: answers.map((kind) => ({ kind, ...ANSWERS[kind] })),
    reasons: DECLINE_CHOICES,
  });
}

/** What is on record, whether it was recorded now, before, or is not what was sent this time. */
function showRecorded(response: Response, { asked }: Opened, verb: CommandVerb, sent: string) {
  const kind = answerOf(verb);
  return response.status(200).render('answer/views/recorded.njk', {
    ...{ title: 'Your answer is recorded', asked, phone: true },
    recorded: kind && ANSWERS[kind],
    another: kind !== sent,
  });
}
