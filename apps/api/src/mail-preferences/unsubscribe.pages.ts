import { Controller, Get, HttpCode, NotFoundException, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Unsubscribing } from '#libs/mail/unsubscribing.js';
import { Public } from '../identity/public.decorator.js';

/**
 * Stops digests by the address that came in one (RFC 8058): mail programs send the form for their reader, without a
 * session. Opening the page changes nothing, since scanners open it, too.
 */
@ApiExcludeController()
@Public()
@Controller('unsubscribe')
export class UnsubscribePages {
  constructor(private readonly unsubscribing: Unsubscribing) {}

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response) {
    const standing = await this.unsubscribing.standing(token);
    if (!standing) throw unknown();
    show(response, standing.stopped);
  }

  @Post(':token')
  @HttpCode(200)
  async stop(@Param('token') token: string, @Res() response: Response) {
    if (!(await this.unsubscribing.stop(token))) throw unknown();
    show(response, true);
  }
}

const show = (response: Response, stopped: boolean): void =>
  response.render('mail-preferences/views/unsubscribe.njk', { title: 'Stop digests', stopped });

export const NO_SUCH_DIGEST =
  'No digest has this address, or it is more than a year old. Sign in and choose how often you get mail, in your account.';

const unknown = (): NotFoundException => new NotFoundException(NO_SUCH_DIGEST);
