import { Body, Controller, Get, Post, Query, Render, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { CookieOptions, Response } from 'express';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { FollowCodes } from '#libs/identity/follow-codes.js';
import { Sessions } from '#libs/identity/sessions.js';
import { found } from '../cases/case-problems.js';
import { browserLabel } from '../identity/browser-label.js';
import { cookieOptions, readCookie } from '../identity/cookies.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Public } from '../identity/public.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { noteRefused } from '../identity/sign-in-log.js';
import { Throttled } from '../identity/sign-in-throttle.guard.js';
import { welcome } from '../identity/welcome.js';
import { FollowLimits } from './follow-limits.js';
import { OpenToGuests } from './open-to-guests.decorator.js';

const COOKIE = 'action48_follow';
const MINUTES = 10;
const LONGEST = 320;
const TITLE = { title: 'Follow a request by its reference' };
const CODE_TITLE = { title: 'Enter the code' };

type Fields = Record<string, unknown>;

/** A request followed without an account: by its reference, and a code mailed to a contact that it names. */
@ApiExcludeController()
@Controller('follow')
export class FollowPages {
  constructor(
    private readonly codes: FollowCodes,
    private readonly limits: FollowLimits,
    private readonly sessions: Sessions,
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  @Public()
  @Get()
  @Render('follow/views/ask.njk')
  form(@Query('reference') reference: unknown) {
    return { ...TITLE, reference: textOf(reference) };
  }

  @Public()
  @Post()
  async ask(@Body() fields: Fields, @Req() { ip }: OurRequest, @Res() response: Response) {
    const [reference, email] = [textOf(fields['reference']), textOf(fields['email'])];
    const errors = [...(reference ? [] : [REFERENCE_ERROR]), ...(/^[^\s@]+@[^\s@]+$/.test(email) ? [] : [EMAIL_ERROR])];
    if (errors.length)
      return response.status(422).render('follow/views/ask.njk', { ...TITLE, reference, email, errors });
    await this.limits.count(reference, email, ip ?? '');
    const secret = await this.codes.ask(reference, email);
    return response
      .cookie(COOKIE, secret, { ...this.cookie(), maxAge: MINUTES * 60_000 })
      .redirect(303, '/follow/code');
  }

  @Public()
  @Get('code')
  @Render('follow/views/code.njk')
  codeForm() {
    return CODE_TITLE;
  }

  @Public()
  @Throttled('code')
  @Post('code')
  async enter(@Body() fields: Fields, @Req() request: OurRequest, @Res() response: Response) {
    const letIn = await this.codes.redeem(readCookie(request, COOKIE), textOf(fields['code']));
    if (!letIn) {
      noteRefused(request, 'mailed code', null);
      return response.status(422).render('follow/views/code.njk', { ...CODE_TITLE, errors: [CODE_ERROR] });
    }
    const browser = browserLabel(request.headers['user-agent']);
    const session = await this.sessions.begin(letIn.person, { method: 'code', browser });
    response.clearCookie(COOKIE, this.cookie());
    return welcome(response, this.config, session, `/cases/${letIn.reference}`);
  }

  /** The one page that a guest has. */
  @OpenToGuests()
  @Get('case')
  async own(@CurrentPerson() { actor }: SignedIn, @Res() response: Response) {
    const { manager } = this.dataSource;
    const row = actor.guestOf ? await manager.findOneBy(AssistanceCase, { id: actor.guestOf }) : null;
    return response.redirect(303, `/cases/${found(row).reference}`);
  }

  private cookie = (): CookieOptions => ({ ...cookieOptions(this.config.publicUrl), path: '/follow' });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, LONGEST) : '');

const REFERENCE_ERROR = { field: 'reference', text: 'Enter the reference of the request, such as CCM-A9-2026-0042.' };
const EMAIL_ERROR = { field: 'email', text: 'Enter an e-mail address, such as name@ministry.example.' };
const CODE_ERROR = {
  field: 'code',
  text: 'The code is not right, or not valid any more. Check it, or ask for a new one.',
};
