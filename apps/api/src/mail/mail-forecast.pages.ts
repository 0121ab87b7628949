import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { mailReach } from '#libs/domain/access/mail-reach.js';
import { formatDay } from '#libs/i18n/dates.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { asTheyGo } from '#libs/mail-forecast/as-they-go.js';
import type { ForecastLine } from '#libs/mail-forecast/as-they-go.js';
import { FARTHEST_DAYS, USUAL_DAYS } from '#libs/mail-forecast/mail-forecast.js';
import { readMailForecast } from '#libs/mail-forecast/shown-forecast.js';
import type { ForecastMail } from '#libs/mail-forecast/shown-forecast.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { csvText } from '../layout/csv.js';
import { wordsOf } from '../layout/words-of.js';
import { expectedDays } from './expected-days.js';
import { addressOf } from './mail.pages.js';
import { MailForecastQuery } from './mail.query.dto.js';

const COLUMNS = [
  ...['at', 'reference', 'kind', 'clock', 'level', 'to', 'to_name', 'party', 'language', 'class'],
  ...['held_for', 'cause', 'standing', 'owed_at', 'digest', 'digest_at'],
];
/** A page of more lines than this is read in the file. */
const MOST_LINES = 500;

/** Who would get which mail when, if nobody acts: for one case or for all. Nothing is sent, and nothing is written. */
@ApiExcludeController()
@Needs('read-mail')
@Controller('mail/forecast')
export class MailForecastPages {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  async page(
    @Query() query: MailForecastQuery,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const forecast = await this.read(query, me, requestId);
    const { items, days } = forecast;
    const _ = wordsOf(response);
    const language = String(response.locals['lang']);
    const lines = asTheyGo(items);
    const shown = lines.slice(0, MOST_LINES);
    response.render('mail/views/forecast.njk', {
      title: 'Mails to come',
      dense: true,
      ...{ forecast, days, reference: query.reference ?? '', farthest: FARTHEST_DAYS },
      opensCases: mailReach(me.actor).cases,
      total: lines.length,
      digests: { n: lines.filter(({ digest }) => digest).length, mails: items.filter(({ digest }) => digest).length },
      recipients: new Set(items.map(({ to, party, reference }) => to ?? `${reference} ${party}`)).size,
      counts: countsByDay(lines, language),
      listed: shown.length,
      byDay: expectedDays(shown, language, _),
      csv: addressOf({ days, reference: query.reference }, '/mail/forecast/forecast.csv'),
    });
  }

  /** Every line of the forecast, in the order of the page. */
  @Get('forecast.csv')
  async csv(
    @Query() query: MailForecastQuery,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const { items } = await this.read(query, me, requestId);
    response
      .attachment('mail-forecast.csv')
      .type('text/csv; charset=utf-8')
      .send(csvText([COLUMNS, ...items.map(lineOf)]));
  }

  private read({ days = USUAL_DAYS, reference }: MailForecastQuery, { actor }: SignedIn, requestId: string) {
    return readMailForecast(this.dataSource, { days, reference }, { actor, requestId });
  }
}

const lineOf = (item: ForecastMail): string[] => [
  ...[item.at, item.reference ?? '', item.kind, item.about.clock ?? '', item.about.level ?? ''],
  ...[item.to ?? '', item.toName ?? '', item.party ?? '', item.language, item.class, item.heldFor ?? ''],
  ...[item.cause, item.standing, item.owedAt ?? '', String(item.digest?.number ?? ''), item.digest?.at ?? ''],
];

/** For the picture: how many on each day, and the most on any. */
function countsByDay(lines: readonly ForecastLine<ForecastMail>[], language: string) {
  const counts = new Map<string, number>();
  for (const {
    first: { at },
  } of lines) {
    const day = formatDay(Date.parse(at), language);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return { days: [...counts].map(([day, n]) => ({ day, n })), most: Math.max(1, ...counts.values()) };
}
