import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { SecondFactors } from '#libs/identity/second-factors.js';
import { Sessions } from '#libs/identity/sessions.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from './current-person.decorator.js';
import { textOf } from './form-field.js';
import type { Given } from './form-field.js';
import { ownPath } from './own-path.js';
import { REFUSED } from './refused-words.js';
import type { OurRequest } from './request.js';
import { SessionOnly } from './session-only.decorator.js';
import { noteRefused } from './sign-in-log.js';
import { Throttled } from './sign-in-throttle.guard.js';
import { welcome } from './welcome.js';
import { WhileOwing } from './while-owing.decorator.js';

/** The second step of signing in: a code of the authenticator app, or a recovery code. */
@ApiExcludeController()
@SessionOnly()
@WhileOwing('second-factor')
@Controller('sign-in/second-factor')
export class SecondStepPages {
  constructor(
    private readonly sessions: Sessions,
    private readonly secondFactors: SecondFactors,
    private readonly config: Config,
  ) {}

  @Get()
  form(@Query('next') next: unknown, @CurrentPerson() { owes }: SignedIn, @Res() response: Response) {
    if (!owes) return response.redirect(303, ownPath(next));
    return this.show(response, { next: ownPath(next) });
  }

  @Throttled('second-factor')
  @Post()
  async answer(
    @Body() { code, next }: Given<'code' | 'next'>,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    if (await this.secondFactors.answer(me.person.id, textOf(code)))
      return welcome(response, this.config, await this.sessions.rise(me, { secondFactor: true }), next);
    noteRefused(request, 'second factor', me.person.id);
    return this.show(response.status(422), {
      next: ownPath(next),
      errors: [{ field: 'code', text: REFUSED.secondFactor }],
    });
  }

  private show(response: Response, model: object): void {
    response.render('identity/views/second-step.njk', { title: 'Second factor', ...model });
  }
}
