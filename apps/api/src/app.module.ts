import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import type { Config } from '#libs/config/config.js';
import { AccountDataModule } from './account-data/account-data.module.js';
import { AnswerModule } from './answer/answer.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CalendarFeedModule } from './calendar-feed/calendar-feed.module.js';
import { CalendarsModule } from './calendars/calendars.module.js';
import { CasesModule } from './cases/cases.module.js';
import { CoreModule } from './core.module.js';
import { DemoModule } from './demo/demo.module.js';
import { ForecastModule } from './forecast/forecast.module.js';
import { HomePages } from './home/home.pages.js';
import { IdentityModule } from './identity/identity.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { MailPreferencesModule } from './mail-preferences/mail-preferences.module.js';
import { MailRulesModule } from './mail-rules/mail-rules.module.js';
import { MailTemplatesModule } from './mail-templates/mail-templates.module.js';
import { MailModule } from './mail/mail.module.js';
import { NextLink } from './paging/next-link.interceptor.js';
import { PeopleModule } from './people/people.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { RepliesModule } from './replies/replies.module.js';
import { RequestsModule } from './requests/requests.module.js';
import { QueueModule } from './queue/queue.module.js';
import { MetricsController } from './system/metrics.controller.js';
import { Readiness } from './system/readiness.js';
import { SecurityTxtController } from './system/security-txt.controller.js';
import { StandingOffersModule } from './standing-offers/standing-offers.module.js';
import { SystemController } from './system/system.controller.js';
import { SystemPages } from './system/system.pages.js';
import { WaysInModule } from './ways-in/ways-in.module.js';
import { WhatIfModule } from './what-if/what-if.module.js';

/** The API and the pages: three doors to the same commands and read models. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.with(config),
        IdentityModule,
        AccountDataModule,
        WaysInModule,
        RepliesModule,
        CasesModule,
        AnswerModule,
        CalendarsModule,
        CalendarFeedModule,
        QueueModule,
        RequestsModule,
        PoliciesModule,
        MailRulesModule,
        StandingOffersModule,
        PeopleModule,
        MailPreferencesModule,
        ForecastModule,
        WhatIfModule,
        AuditModule,
        MailTemplatesModule,
        MailModule,
        ...(config.deployment === 'trial' ? [DemoModule, InboxModule] : []),
      ],
      controllers: [HomePages, SystemController, MetricsController, SystemPages, SecurityTxtController],
      providers: [
        Readiness,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: NextLink },
      ],
    };
  }
}
