import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Public } from '../identity/public.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { homeOf } from '../layout/navigation.js';
import type { SignedIn } from '#libs/identity/signed-in.js';

/** The start page: who may ask, what it takes, what happens then. Signed-in people go on to their work. */
@ApiExcludeController()
@Controller()
export class HomePages {
  @Public()
  @Get()
  start(@CurrentPerson() me: SignedIn | undefined, @Req() { query }: OurRequest, @Res() response: Response) {
    if (me && !('lang' in query)) return response.redirect(303, homeOf(me));
    const home = me ? homeOf(me) : '/sign-in?next=/requests/new';
    return response.render('home/views/start.njk', { title: 'Ask for help with your national measures', home });
  }
}
