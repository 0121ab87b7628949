import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailDecisions } from '#libs/mail/decisions.js';
import { MailSearch } from '#libs/mail-views/mail-search.js';
import { MailDecisionPages } from './decisions.pages.js';
import { MailForecastPages } from './mail-forecast.pages.js';
import { MailController } from './mail.controller.js';
import { MailPages } from './mail.pages.js';

/** The ledger of mails: what was owed to whom, what became of it, what is to come, and what somebody has to decide. */
@Module({
  // The page of one mail last: its addresses are of the form of the others.
  controllers: [MailController, MailForecastPages, MailPages, MailDecisionPages],
  providers: [MailSearch, MailDecisions].map((part) => ({
    provide: part,
    inject: [DataSource],
    useFactory: (dataSource: DataSource) => new part(dataSource),
  })),
  exports: [MailSearch],
})
export class MailModule {}
