import { Body, Controller, Get, Post, Query, Render, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { Sessions } from '#libs/identity/sessions.js';
import { cookieOptions, SESSION_COOKIE } from './cookies.js';
import { ownPath } from './own-path.js';
import { Public } from './public.decorator.js';
import type { OurRequest } from './request.js';
import { SignInThrottle } from './sign-in-throttle.guard.js';

/** As a browser sends it: a field given twice is a list. */
type SignInForm = Record<'email' | 'password' | 'next', string | string[] | undefined>;

const textOf = (value: SignInForm['email']): string => (typeof value === 'string' ? value : '');

/** People of the demonstration, shown where one signs in. */
export const LOGINS: readonly [name: string, what: string][] = [
  ['bravia', 'State (Bravia)'],
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
    private readonly config: Config,
  ) {}

  @Public()
  @Get('sign-in')
  @Render('identity/views/sign-in.njk')
  form(@Query('next') next: unknown) {
    return { title: 'Sign in', next: ownPath(next), trial: this.config.deployment === 'trial', logins: LOGINS };
  }

  @Public()
  @UseGuards(SignInThrottle)
  @Post('sign-in')
  async open(@Body() { next, ...given }: SignInForm, @Res() response: Response) {
    const [email, password] = [textOf(given.email), textOf(given.password)];
    const session = await this.sessions.open(email, password);
    if (!session) {
      const errors = [
        { field: 'email', text: 'The e-mail address or the password is wrong. Check both and try again.' },
      ];
      const model = {
        title: 'Sign in',
        next: ownPath(next),
        trial: this.config.deployment === 'trial',
        logins: LOGINS,
        email,
        errors,
      };
      return response.status(422).render('identity/views/sign-in.njk', model);
    }
    const options = { ...cookieOptions(this.config.publicUrl), expires: session.expiresAt };
    return response.cookie(SESSION_COOKIE, session.token, options).redirect(303, ownPath(next));
  }

  @Post('sign-out')
  async close(@Req() { sessionToken }: OurRequest, @Res() response: Response) {
    if (sessionToken) await this.sessions.close(sessionToken);
    return response.clearCookie(SESSION_COOKIE, cookieOptions(this.config.publicUrl)).redirect(303, '/');
  }
}
