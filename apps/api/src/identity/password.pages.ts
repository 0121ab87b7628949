import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { NewPasswords } from '#libs/identity/new-passwords.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { keepSession } from './cookies.js';
import { CurrentPerson } from './current-person.decorator.js';
import { textOf } from './form-field.js';
import type { Given } from './form-field.js';
import { PASSWORD_FAULTS, REFUSED } from './refused-words.js';
import type { OurRequest } from './request.js';
import { SessionOnly } from './session-only.decorator.js';
import { noteRefused } from './sign-in-log.js';

/** Another password for whoever is signed in. */
@ApiExcludeController()
@SessionOnly()
@Controller('account/password')
export class PasswordPages {
  constructor(
    private readonly passwords: NewPasswords,
    private readonly config: Config,
  ) {}

  @Get()
  form(@Res() response: Response) {
    this.show(response, []);
  }

  @Post()
  async change(
    @Body() { old, password }: Given<'old' | 'password'>,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const result = await this.passwords.change(me, textOf(old), textOf(password));
    if (typeof result !== 'string') {
      keepSession(response, this.config, result);
      return response.redirect(303, '/account?done=password');
    }
    if (result !== 'wrong_password')
      return this.show(response.status(422), [{ field: 'password', text: PASSWORD_FAULTS[result] }]);
    noteRefused(request, 'old password', me.person.id);
    return this.show(response.status(422), [{ field: 'old', text: REFUSED.password }]);
  }

  private show(response: Response, errors: { field: string; text: string }[]): void {
    response.render('identity/views/password.njk', { title: 'Change your password', errors });
  }
}
