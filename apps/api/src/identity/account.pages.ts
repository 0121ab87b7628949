import { Controller, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { Response } from 'express';
import type { SignInMethod } from '#libs/database/entities/session.entity.js';
import { SecondFactors } from '#libs/identity/second-factors.js';
import { Sessions } from '#libs/identity/sessions.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import { CurrentPerson } from './current-person.decorator.js';
import { SessionOnly } from './session-only.decorator.js';

/** By what means a session was begun. */
export const METHODS: Record<SignInMethod, string> = {
  password: 'password',
  passkey: 'passkey',
  oidc: 'single sign-on',
  code: 'code by mail',
};

/** What is told when somebody comes back from a form. */
export const ACCOUNT_DONE: Record<string, string> = {
  password: 'Your password has been changed. Every other session has ended.',
  session: 'The session has ended.',
  others: 'Every other session has ended.',
  removed: 'Your second factor is turned off.',
};

/** Whoever is signed in, to themselves: who they are here, and where they are signed in. */
@ApiExcludeController()
@SessionOnly()
@Controller('account')
export class AccountPages {
  constructor(
    private readonly sessions: Sessions,
    private readonly secondFactors: SecondFactors,
  ) {}

  @Get()
  async page(@Query('done') done: unknown, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const [sessions, standing] = await Promise.all([
      this.sessions.list(me.person.id),
      this.secondFactors.standing(me.person.id),
    ]);
    response.render('identity/views/account.njk', {
      title: 'Your account',
      done: (typeof done === 'string' && ACCOUNT_DONE[done]) || null,
      language: INTERFACE_LANGUAGES.find(({ code }) => code === me.person.language)?.name ?? me.person.language,
      sessions: sessions.map((session) => ({
        ...session,
        means: METHODS[session.method],
        current: session.id === me.session?.id,
      })),
      standing,
    });
  }

  @Post('sessions/end-others')
  async endOthers(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    await this.sessions.endOthers(me);
    response.redirect(303, '/account?done=others');
  }

  @Post('sessions/:id/end')
  async end(@Param('id') id: string, @CurrentPerson() { person }: SignedIn, @Res() response: Response) {
    if (!isUUID(id)) throw new NotFoundException('You have no such session.');
    // One that has ended meanwhile has ended.
    await this.sessions.end(person.id, id);
    response.redirect(303, '/account?done=session');
  }
}
