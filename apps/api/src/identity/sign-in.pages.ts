import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { checkCredentials } from '#libs/identity/credentials.js';
import { Sessions } from '#libs/identity/sessions.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { browserLabel } from './browser-label.js';
import { cookieOptions, sessionCookie } from './cookies.js';
import { textOf } from './form-field.js';
import type { Given } from './form-field.js';
import { ownPath } from './own-path.js';
import { Public } from './public.decorator.js';
import { REFUSED } from './refused-words.js';
import type { OurRequest } from './request.js';
import { noteRefused } from './sign-in-log.js';
import { Throttled } from './sign-in-throttle.guard.js';
import { welcome } from './welcome.js';
import { WhileOwing } from './while-owing.decorator.js';

/** People of the demonstration, shown where one signs in. */
export const LOGINS: readonly [name: string, what: string][] = [
  ['bravia', 'State (Bravia)'],
  ['bravia-admin', 'State office administrator (Bravia)'],
  ['aurelia', 'State (Aurelia)'],
  ['dunya', 'State (Dunya)'],
  ['coordinator', 'Coordinator'],
  ['lead', 'Coordinator lead'],
  ['legalaid', 'Responder'],
  ['isu', 'Implementation Support Unit'],
  ['president', 'President'],
  ['admin', 'Administrator'],
];

/** Signing in and out, for people. */
@ApiExcludeController()
@Controller()
export class SignInPages {
  constructor(
    private readonly sessions: Sessions,
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  @Public()
  @Get('sign-in')
  form(@Query('next') next: unknown, @Query('done') done: unknown, @Res() response: Response) {
    this.show(response, { next: ownPath(next), changed: done === 'password' });
  }

  @Public()
  @Throttled('sign-in')
  @Post('sign-in')
  async open(
    @Body() { next, ...given }: Given<'email' | 'password' | 'next'>,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const email = textOf(given.email);
    const checked = await checkCredentials(this.dataSource.manager, email, textOf(given.password));
    if (!checked.person) {
      noteRefused(request, 'password', checked.triedOn);
      return this.show(response.status(422), {
        next: ownPath(next),
        email,
        errors: [{ field: 'email', text: REFUSED.credentials }],
      });
    }
    const browser = browserLabel(request.headers['user-agent']);
    welcome(response, this.config, await this.sessions.begin(checked.person, { method: 'password', browser }), next);
  }

  @OpenToGuests()
  @WhileOwing('second-factor', 'enrolment')
  @Post('sign-out')
  async close(@Req() { sessionToken }: OurRequest, @Res() response: Response) {
    if (sessionToken) await this.sessions.close(sessionToken);
    return response.clearCookie(sessionCookie(this.config), cookieOptions(this.config.publicUrl)).redirect(303, '/');
  }

  private show(response: Response, model: object): void {
    const trial = this.config.deployment === 'trial';
    response.render('identity/views/sign-in.njk', { title: 'Sign in', trial, logins: LOGINS, ...model });
  }
}
