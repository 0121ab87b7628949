import { Controller, Get, Post, Query, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CalendarFeeds } from '#libs/calendar-feed/calendar-feeds.js';
import { Config } from '#libs/config/config.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { SessionOnly } from '../identity/session-only.decorator.js';

/** The address of somebody's own deadlines: made, shown once, revoked. */
@ApiExcludeController()
@SessionOnly()
@Controller('account/calendar')
export class CalendarFeedPages {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly config: Config,
  ) {}

  @Get()
  @Render('calendar-feed/views/calendar.njk')
  async page(@Query('done') done: unknown, @CurrentPerson() { person }: SignedIn) {
    const feed = await this.feeds.standing(person.id);
    return { title: 'Deadlines in your calendar', feed, revoked: done === 'revoked' };
  }

  @Post()
  async make(@CurrentPerson() { person }: SignedIn, @Res() response: Response) {
    const address = new URL(`/calendar-feed/${await this.feeds.make(person.id)}.ics`, this.config.publicUrl).href;
    // This answer is the only place where it is ever shown.
    response.render('calendar-feed/views/made.njk', {
      title: 'The address of your calendar',
      address,
      subscribe: address.replace(/^https?:/, 'webcal:'),
    });
  }

  @Post('revoke')
  async revoke(@CurrentPerson() { person }: SignedIn, @Res() response: Response) {
    await this.feeds.revoke(person.id);
    response.redirect(303, '/account/calendar?done=revoked');
  }
}
