import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { CaseFacts } from '#libs/case-reading/case-facts.js';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { asTheyGo } from '#libs/mail-forecast/as-they-go.js';
import { USUAL_DAYS } from '#libs/mail-forecast/mail-forecast.js';
import { readMailForecast } from '#libs/mail-forecast/shown-forecast.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { expectedDays } from '../mail/expected-days.js';
import { spoken } from '../mail/mail-words.js';
import { found } from './case-problems.js';

/** The mails of a case: for those who work on it all of them and what is to come, for others those to themselves. */
@ApiExcludeController()
@OpenToGuests()
@Controller('cases/:reference/mail')
export class CaseMailPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly facts: CaseFacts,
  ) {}

  @Get()
  async page(
    @Param('reference') reference: string,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const { view, items } = found(await this.facts.mails(reference, actor, { door: 'mail', requestId }));
    const _ = wordsOf(response);
    const inside = can(actor, 'read-mail');
    const asked = { days: USUAL_DAYS, reference };
    const forecast = inside ? await readMailForecast(this.dataSource, asked, { actor, requestId }) : null;
    const lines = asTheyGo(forecast?.items ?? []);
    response.render('cases/views/mail.njk', {
      title: 'Mails of this case',
      dense: true,
      view,
      inside,
      rows: items.map((item) => spoken(item, _)).reverse(),
      forecast,
      total: lines.length,
      byDay: expectedDays(lines, String(response.locals['lang']), _),
    });
  }
}
