import { Controller, ForbiddenException, Get, Header, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { FARTHEST_HOURS, readForecast, USUAL_HOURS } from '#libs/case-reading/forecast.js';
import type { Forecast, ForecastItem } from '#libs/case-reading/forecast.js';
import { hasQueues } from '#libs/domain/access/roles.js';
import { formatDay } from '#libs/i18n/dates.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { csvText } from '../layout/csv.js';
import { wordsOf } from '../layout/words-of.js';
import { ForecastRange } from './forecast.query.dto.js';

const COLUMNS = ['at', 'reference', 'state', 'clock', 'subject', 'event', 'level', 'due_at', 'owner'];

/** What will be late if nobody acts: the same list as programs get, by day. */
@ApiExcludeController()
@Controller('forecast')
export class ForecastPages {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  async page(
    @Query() { hours = USUAL_HOURS }: ForecastRange,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const forecast = await this.read(hours, me);
    const _ = wordsOf(response);
    response.render('forecast/views/forecast.njk', {
      title: 'Forecast',
      dense: true,
      forecast,
      farthest: FARTHEST_HOURS,
      breaches: forecast.items.filter(({ event }) => event === 'clock_breached').length,
      cases: new Set(forecast.items.map(({ reference }) => reference)).size,
      days: byDay(forecast.items, String(response.locals['lang'])).map(({ day, items }) => ({
        day,
        items: items.map((item) => ({ ...item, words: eventWords(item, _) })),
      })),
    });
  }

  /** Exactly the rows that the page with the same address shows, in the same order. */
  @Get('forecast.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="forecast.csv"')
  async csv(@Query() { hours = USUAL_HOURS }: ForecastRange, @CurrentPerson() me: SignedIn): Promise<string> {
    const { items } = await this.read(hours, me);
    const rows = items.map(({ at, reference, stateName, clock, subjectName, event, level, dueAt, owner }) => [
      ...[at, reference, stateName, clock, subjectName, event],
      ...[level === null ? '' : String(level), dueAt ?? '', owner?.name ?? ''],
    ]);
    return csvText([COLUMNS, ...rows]);
  }

  private read(hours: number, { actor, person }: SignedIn): Promise<Forecast> {
    if (!hasQueues(person.roles))
      throw new ForbiddenException('The forecast is for coordinators. Your own cases are on your start page.');
    return readForecast(this.dataSource, { hours, actor });
  }
}

/** By civil date in Geneva, nearest first. */
function byDay(items: readonly ForecastItem[], language: string): { day: string; items: ForecastItem[] }[] {
  const days = new Map<string, ForecastItem[]>();
  for (const item of items) {
    const day = formatDay(Date.parse(item.at), language);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].map(([day, ofDay]) => ({ day, items: ofDay }));
}

function eventWords({ event, level }: ForecastItem, _: Translate): string {
  switch (event) {
    case 'clock_breached':
      return _('Late');
    case 'clock_escalated':
      return level === 1
        ? _('Goes up to the lead')
        : level === 2
          ? _('Goes up to the ISU')
          : _('Goes up to the President');
    case 'heartbeat_missed':
      return _('The State’s sign of life is missing');
    case 'became_dormant':
      return _('The case becomes dormant');
    case 'became_unmatched':
      return _('The case becomes unmatched');
  }
}
