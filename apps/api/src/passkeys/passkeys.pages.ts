import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Passkeys } from '#libs/identity/passkeys.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { SessionOnly } from '../identity/session-only.decorator.js';
import { allowScript } from '../layout/csp.js';
import { deviceAnswer, PasskeyAttempts } from './passkey-attempts.js';
import { SCRIPT_ADDRESSES } from './passkey-scripts.js';

const LONGEST_NAME = 60;
const DONE: Record<string, { done: string }> = {
  added: { done: 'The passkey was added. You can sign in with it from now on.' },
  removed: { done: 'The passkey was removed. It opens nothing any more.' },
};

type Fields = Record<string, unknown>;

/** A person's passkeys: named, listed, removed; adding one needs a script, because only a script can ask the device. */
@ApiExcludeController()
@SessionOnly()
@Controller('account/passkeys')
export class PasskeysPages {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly attempts: PasskeyAttempts,
  ) {}

  @Get()
  list(@Query('done') done: unknown, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.show(response, me, { ...DONE[String(done)] });
  }

  @HttpCode(200)
  @Post('options')
  async begin(@CurrentPerson() { person }: SignedIn, @Res({ passthrough: true }) response: Response) {
    const options = await this.passkeys.creationOptions(person);
    await this.attempts.begin('new-passkey', { challenge: options.challenge, personId: person.id }, response);
    return options;
  }

  @Post()
  async add(
    @Body() { response: answer, name: given }: Fields,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const name = typeof given === 'string' ? given.trim().normalize('NFC') : '';
    if (!name || name.length > LONGEST_NAME) return this.refuse(response, me, NAME_ERROR);
    const attempt = await this.attempts.take('new-passkey', request, response);
    const added =
      attempt?.personId === me.person.id &&
      (await this.passkeys.add(me.person.id, name, deviceAnswer(answer), attempt.challenge));
    return added ? response.redirect(303, '/account/passkeys?done=added') : this.refuse(response, me, DEVICE_ERROR);
  }

  @Post('remove')
  async remove(@Body() { passkey }: Fields, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    found((await this.passkeys.remove(me.person.id, String(passkey))) || null, 'passkey');
    return response.redirect(303, '/account/passkeys?done=removed');
  }

  private refuse(response: Response, me: SignedIn, text: { text: string }) {
    return this.show(response.status(422), me, { errors: [{ field: 'name', ...text }] });
  }

  private async show(response: Response, { person }: SignedIn, model: object) {
    const passkeys = await this.passkeys.of(person.id);
    return response.render('passkeys/views/list.njk', {
      title: 'Passkeys',
      passkeys,
      scripts: { addresses: SCRIPT_ADDRESSES, nonce: allowScript(response) },
      ...model,
    });
  }
}

const NAME_ERROR = { text: 'Give the passkey a name of at most 60 characters, such as the name of the device.' };
const DEVICE_ERROR = { text: 'The device made no passkey that we can use. Add it again, within five minutes.' };
