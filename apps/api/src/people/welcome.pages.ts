import { Body, Controller, Get, Post, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { passwordFault } from '#libs/identity/password-rules.js';
import { Welcome } from '#libs/people/invitations.js';
import { Public } from '../identity/public.decorator.js';
import { PASSWORD_FAULTS } from '../identity/refused-words.js';
import { Throttled } from '../identity/sign-in-throttle.guard.js';
import { wordsOf } from '../layout/words-of.js';
import { said, textIn } from './form-refusals.js';
import type { FormError, Submitted } from './form-refusals.js';

/** One answer to every invitation that cannot be taken, so that it tells nothing of who was invited. */
export const NO_SUCH_INVITATION =
  'No invitation can be taken with this address and code. Check both; a code is good for 7 days and for 5 tries. If it does not work, ask whoever invited you for a new one.';

/** Where somebody who was invited sets up their account, with the code from the mail. */
@ApiExcludeController()
@Public()
@Controller('welcome')
export class WelcomePages {
  constructor(private readonly welcome: Welcome) {}

  @Get()
  @Render('people/views/welcome.njk')
  form() {
    return { title: 'Set up your account', values: {}, ...said() };
  }

  @Throttled('code')
  @Post()
  async accept(@Body() submitted: Submitted, @Res() response: Response) {
    const _ = wordsOf(response);
    const [email, code] = [textIn(submitted, 'email'), textIn(submitted, 'code')];
    const password = typeof submitted['password'] === 'string' ? submitted['password'] : '';
    const refuse = (errors: FormError[]) =>
      response
        .status(422)
        .render('people/views/welcome.njk', { title: 'Set up your account', values: { email, code }, ...said(errors) });
    // Before the code is tried: a password that is too short costs none of the five tries.
    const fault = passwordFault(password, email);
    if (fault) return refuse([{ field: 'password', text: _(PASSWORD_FAULTS[fault]) }]);
    if (password !== submitted['again'])
      return refuse([{ field: 'again', text: _('The two passwords differ. Write the same one twice.') }]);
    if (!(await this.welcome.accept(email, code, password)))
      return refuse([{ field: 'code', text: _(NO_SUCH_INVITATION) }]);
    return response.redirect(303, '/welcome/ready');
  }

  @Get('ready')
  @Render('people/views/welcome-ready.njk')
  ready() {
    return { title: 'Your account is ready' };
  }
}
