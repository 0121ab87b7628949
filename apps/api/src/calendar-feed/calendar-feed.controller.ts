import { createHash } from 'node:crypto';
import { Controller, Get, Ip, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { normalizeIp } from '@nestjs/throttler';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { CalendarFeeds } from '#libs/calendar-feed/calendar-feeds.js';
import { feedFile } from '#libs/calendar-feed/feed-file.js';
import { ownDeadlines } from '#libs/calendar-feed/own-deadlines.js';
import { Config } from '#libs/config/config.js';
import { RateLimits } from '#libs/identity/rate-limits.js';
import { found } from '../cases/case-problems.js';
import { Public } from '../identity/public.decorator.js';

const HOUR = 3_600;
/** Readings of one calendar, and guesses from one place, within an hour. */
const MOST = { readings: 120, guesses: 60 };
const FILE = /^([\w-]{43})\.ics$/;

/** Where a calendar program reads somebody's deadlines: the secret in the address is all that it needs. */
@ApiExcludeController()
@Public()
@Controller('calendar-feed')
export class CalendarFeedController {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly dataSource: DataSource,
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  @Get(':file')
  async file(@Param('file') file: string, @Ip() ip: string, @Res() response: Response) {
    const token = FILE.exec(file)?.[1];
    const reader = token ? await this.feeds.find(token) : null;
    if (!reader) await this.allow(`guess/${normalizeIp(ip)}`, MOST.guesses);
    const { person, actor } = found(reader, 'calendar');
    await this.allow(person.id, MOST.readings);
    const { language, timezone } = person;
    const deadlines = await ownDeadlines(this.dataSource, actor);
    const text = feedFile(deadlines, { language, timezone, publicUrl: this.config.publicUrl });
    response.setHeader('ETag', `"${createHash('sha256').update(text).digest('base64url')}"`);
    // Kept by its reader alone, who asks each time whether it still holds.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('X-Robots-Tag', 'noindex');
    response.attachment('action48.ics').type('text/calendar; charset=utf-8').send(text);
  }

  /** @throws TooManyTries */
  private allow(what: string, most: number): Promise<void> {
    return this.limits.allow(`calendar-feed/${what}`, { most, seconds: HOUR });
  }
}
