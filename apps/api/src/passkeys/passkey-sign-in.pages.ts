import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { Passkeys } from '#libs/identity/passkeys.js';
import { Sessions } from '#libs/identity/sessions.js';
import { browserLabel } from '../identity/browser-label.js';
import { Public } from '../identity/public.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { noteRefused } from '../identity/sign-in-log.js';
import { Throttled } from '../identity/sign-in-throttle.guard.js';
import { welcome } from '../identity/welcome.js';
import { deviceAnswer, PasskeyAttempts } from './passkey-attempts.js';

/** Signing in with a passkey: its owner chooses which, no address is asked for. */
@ApiExcludeController()
@Public()
@Controller('sign-in/passkey')
export class PasskeySignIn {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly attempts: PasskeyAttempts,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  @HttpCode(200)
  @Post('options')
  async begin(@Res({ passthrough: true }) response: Response) {
    const options = await this.passkeys.requestOptions();
    await this.attempts.begin('passkey', { challenge: options.challenge }, response);
    return options;
  }

  @Throttled('sign-in')
  @Post()
  async end(
    @Body() { response: answer, next }: Record<string, unknown>,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const attempt = await this.attempts.take('passkey', request, response);
    const person = attempt && (await this.passkeys.personOf(deviceAnswer(answer), attempt.challenge));
    if (!person) {
      noteRefused(request, 'passkey', null);
      return response.status(422).render('ways-in/views/refused.njk', REFUSED);
    }
    const browser = browserLabel(request.headers['user-agent']);
    return welcome(response, this.config, await this.sessions.begin(person, { method: 'passkey', browser }), next);
  }
}

const REFUSED = {
  title: 'This passkey does not open an account',
  explains: 'It may have been removed, belong to another site, or have taken longer than five minutes.',
  remedy: 'Begin again from the sign-in page, or sign in with your password.',
};
