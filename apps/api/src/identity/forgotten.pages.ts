import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { PasswordResets, RESET_MINUTES } from '#libs/identity/password-resets.js';
import { cookieOptions, readCookie, resetCookie } from './cookies.js';
import { textOf } from './form-field.js';
import type { Given } from './form-field.js';
import { Public } from './public.decorator.js';
import { PASSWORD_FAULTS, REFUSED } from './refused-words.js';
import type { OurRequest } from './request.js';
import { noteRefused } from './sign-in-log.js';
import { Throttled } from './sign-in-throttle.guard.js';

const LOOKS_LIKE_ADDRESS = /^\s*[^\s@]+@[^\s@]+\s*$/;

/** A new password for whoever has forgotten theirs. What is answered does not tell whether an address is known. */
@ApiExcludeController()
@Public()
@Controller('forgotten')
export class ForgottenPages {
  constructor(
    private readonly resets: PasswordResets,
    private readonly config: Config,
  ) {}

  @Get()
  form(@Res() response: Response) {
    this.askForAddress(response, {});
  }

  @Throttled('reset')
  @Post()
  async ask(@Body() given: Given<'email'>, @Res() response: Response) {
    const email = textOf(given.email);
    if (!LOOKS_LIKE_ADDRESS.test(email) || email.length > 320) {
      const errors = [{ field: 'email', text: 'Enter an e-mail address, like name@example.org.' }];
      return this.askForAddress(response.status(422), { email, errors });
    }
    const maxAge = RESET_MINUTES * 60_000;
    const browser = await this.resets.ask(email);
    response.cookie(resetCookie(this.config), browser, { ...cookieOptions(this.config.publicUrl), maxAge });
    return response.redirect(303, '/forgotten/code?sent=yes');
  }

  @Get('code')
  code(@Query('sent') sent: unknown, @Res() response: Response) {
    this.askForCode(response, { sent: sent === 'yes' });
  }

  @Throttled('code')
  @Post('code')
  async use(@Body() given: Given<'code' | 'password'>, @Req() request: OurRequest, @Res() response: Response) {
    const browser = readCookie(request, resetCookie(this.config)) ?? '';
    const result = await this.resets.use(browser, textOf(given.code), textOf(given.password));
    if (result === 'done') {
      response.clearCookie(resetCookie(this.config), cookieOptions(this.config.publicUrl));
      return response.redirect(303, '/sign-in?done=password');
    }
    if (result === 'wrong_code') noteRefused(request, 'code for a new password', null);
    const error =
      result === 'wrong_code'
        ? { field: 'code', text: REFUSED.resetCode }
        : { field: 'password', text: PASSWORD_FAULTS[result] };
    return this.askForCode(response.status(422), { code: textOf(given.code), errors: [error] });
  }

  private askForAddress(response: Response, model: object): void {
    response.render('identity/views/forgotten.njk', { title: 'Forgotten password', ...model });
  }

  private askForCode(response: Response, model: object): void {
    response.render('identity/views/forgotten-code.njk', { title: 'New password', minutes: RESET_MINUTES, ...model });
  }
}
