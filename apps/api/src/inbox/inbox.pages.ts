import { Controller, Get, Param, Query, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { found } from '../cases/case-problems.js';
import { Public } from '../identity/public.decorator.js';
import { InboxQuery } from './inbox.controller.js';
import { Inbox } from './inbox.js';

const PAGE = 50;
/** Nothing of a mail may run or reach out; its own inline styles may. */
const MAIL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation";

/** The inbox of the demonstration: every mail that would have gone out. */
@ApiExcludeController()
@Public()
@Controller('dev/mail')
export class InboxPages {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  @Render('inbox/views/inbox.njk')
  async list(@Query() { to, cursor }: InboxQuery) {
    const { items, next } = await this.inbox.page(to || undefined, PAGE, cursor);
    return { title: 'Inbox', items, next, to, waiting: await this.inbox.waiting() };
  }

  @Get(':id')
  @Render('inbox/views/mail.njk')
  async one(@Param('id') id: string) {
    const mail = found(await this.inbox.one(id), 'mail');
    const parts = mail.text.split(/(https?:\/\/\S+)/).map((text) => ({ text, link: /^https?:/.test(text) }));
    return { title: mail.subject, mail, parts };
  }

  @Get(':id/html')
  async html(@Param('id') id: string, @Res() response: Response) {
    const mail = found(await this.inbox.one(id), 'mail');
    response.setHeader('Content-Security-Policy', MAIL_CSP);
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    response.type('html').send(mail.html.replaceAll('<a href', '<a target="_top" href'));
  }
}
