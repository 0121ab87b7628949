import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { toString as qrCode } from 'qrcode';
import { Config } from '#libs/config/config.js';
import { NewPasswords } from '#libs/identity/new-passwords.js';
import { SecondFactors } from '#libs/identity/second-factors.js';
import { Sessions } from '#libs/identity/sessions.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { keepSession } from './cookies.js';
import { CurrentPerson } from './current-person.decorator.js';
import { textOf } from './form-field.js';
import type { Given } from './form-field.js';
import { REFUSED } from './refused-words.js';
import type { OurRequest } from './request.js';
import { SessionOnly } from './session-only.decorator.js';
import { noteRefused } from './sign-in-log.js';
import { WhileOwing } from './while-owing.decorator.js';

const PAGE = '/account/second-factor';

/** Adding an authenticator app, new recovery codes, and turning it off again. */
@ApiExcludeController()
@SessionOnly()
@Controller('account/second-factor')
export class SecondFactorPages {
  constructor(
    private readonly sessions: Sessions,
    private readonly secondFactors: SecondFactors,
    private readonly passwords: NewPasswords,
    private readonly config: Config,
  ) {}

  @WhileOwing('enrolment')
  @Get()
  async page(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    await this.show(response, me);
  }

  @WhileOwing('enrolment')
  @Post('begin')
  async begin(@CurrentPerson() { person }: SignedIn, @Res() response: Response) {
    await this.secondFactors.begin(person);
    response.redirect(303, PAGE);
  }

  /** From here on the session has answered it; the token from before is worth nothing. */
  @WhileOwing('enrolment')
  @Post('confirm')
  async confirm(@Body() { code }: Given<'code'>, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const codes = await this.secondFactors.confirm(me.person, textOf(code));
    if (!codes) {
      return this.show(response.status(422), me, [{ field: 'code', text: REFUSED.firstCode }]);
    }
    const session = await this.sessions.rise(me, { secondFactor: true });
    keepSession(response, this.config, session);
    return this.showCodes(response, codes, session.signedIn.csrfToken);
  }

  @Post('codes')
  async renew(
    @Body() { password }: Given<'password'>,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    if (!(await this.isTheirs(me, password, request))) return this.show(response.status(422), me, wrong('renew'));
    const codes = await this.secondFactors.renewCodes(me.person);
    return codes ? this.showCodes(response, codes, me.csrfToken) : response.redirect(303, PAGE);
  }

  @Post('remove')
  async remove(
    @Body() { password }: Given<'password'>,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    if (!(await this.isTheirs(me, password, request))) return this.show(response.status(422), me, wrong('remove'));
    await this.secondFactors.remove(me.person);
    return response.redirect(303, '/account?done=removed');
  }

  private async isTheirs(me: SignedIn, password: unknown, request: OurRequest): Promise<boolean> {
    if (await this.passwords.confirms(me, textOf(password))) return true;
    noteRefused(request, 'password', me.person.id);
    return false;
  }

  private async show(response: Response, me: SignedIn, errors: FormError[] = []): Promise<void> {
    const [standing, adding] = await Promise.all([
      this.secondFactors.standing(me.person.id),
      this.secondFactors.beingAdded(me.person),
    ]);
    const svg = adding && (await qrCode(adding.uri, { type: 'svg', margin: 2 }));
    response.render('identity/views/second-factor.njk', {
      title: 'Second factor',
      demanded: me.owes === 'enrolment',
      standing,
      errors,
      adding: adding && {
        key: adding.secret.replace(/.{4}(?=.)/g, '$& '),
        picture: `data:image/svg+xml;base64,${Buffer.from(svg ?? '').toString('base64')}`,
      },
    });
  }

  /** This answer is the only place where the codes are ever shown. */
  private showCodes(response: Response, codes: string[], csrf: string): void {
    response.render('identity/views/recovery-codes.njk', { title: 'Recovery codes', codes, csrf });
  }
}

interface FormError {
  field: string;
  text: string;
}

const wrong = (form: 'renew' | 'remove'): FormError[] => [{ field: `${form}-password`, text: REFUSED.password }];
