import { Body, Controller, Get, Param, Post, Query, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import { NotAcceptable } from '#libs/people/refused.js';
import { found } from '../cases/case-problems.js';
import { Public } from '../identity/public.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from '../people/form-refusals.js';
import type { Submitted } from '../people/form-refusals.js';
import { InboxQuery } from './inbox.controller.js';
import { Inbox } from './inbox.js';
import { TrialReplies } from './trial-replies.js';

const PAGE = 50;
const PAGE_OF_A_MAIL = 'inbox/views/mail.njk';
const LONGEST_REPLY = 10_000;
export const REPLY_WANTED = 'Write your answer, in at most 10,000 characters.';
export const NOT_ANSWERED = 'This mail cannot be answered by mail. Follow its link instead.';
/** Nothing of a mail may run or reach out; its own inline styles may. */
const MAIL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation";

/** The inbox of the demonstration: every mail that would have gone out. */
@ApiExcludeController()
@Public()
@Controller('dev/mail')
export class InboxPages {
  constructor(
    private readonly inbox: Inbox,
    private readonly replies: TrialReplies,
  ) {}

  @Get()
  @Render('inbox/views/inbox.njk')
  async list(@Query() { to, cursor }: InboxQuery) {
    const { items, next } = await this.inbox.page(to || undefined, PAGE, cursor);
    return { title: 'Inbox', items, next, to, waiting: await this.inbox.waiting() };
  }

  @Get(':id')
  async one(@Param('id') id: string, @Query('replied') replied: string | undefined, @Res() response: Response) {
    const mail = found(await this.inbox.one(id), 'mail');
    response.render(PAGE_OF_A_MAIL, { ...this.model(mail), ...said(), replied: replied === 'yes' });
  }

  @Post(':id/reply')
  async reply(@Param('id') id: string, @Body() submitted: Submitted, @Res() response: Response) {
    const mail = found(await this.inbox.one(id), 'mail');
    const text = textIn(submitted, 'reply');
    try {
      if (!text || text.length > LONGEST_REPLY) throw new NotAcceptable([{ field: 'reply', words: REPLY_WANTED }]);
      if (!this.replies.addressOf(mail)) throw new NotAcceptable([{ field: 'reply', words: NOT_ANSWERED }]);
      await this.replies.send(mail, text);
    } catch (error) {
      const { status, errors } = refusalOf(error, wordsOf(response));
      return response.status(status).render(PAGE_OF_A_MAIL, { ...this.model(mail), ...said(errors), text });
    }
    return response.redirect(303, `/dev/mail/${mail.id}?replied=yes#reply`);
  }

  private model(mail: CaughtMail) {
    const parts = mail.text.split(/(https?:\/\/\S+)/).map((text) => ({ text, link: /^https?:/.test(text) }));
    return { title: mail.subject, mail, parts, answered: this.replies.addressOf(mail) !== null };
  }

  @Get(':id/html')
  async html(@Param('id') id: string, @Res() response: Response) {
    const mail = found(await this.inbox.one(id), 'mail');
    response.setHeader('Content-Security-Policy', MAIL_CSP);
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    response.type('html').send(mail.html.replaceAll('<a href', '<a target="_top" href'));
  }
}
