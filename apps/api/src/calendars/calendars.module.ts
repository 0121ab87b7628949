import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CalendarDrafts } from '#libs/rule-book/calendar-drafts.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { CalendarsController } from './calendars.controller.js';
import { CalendarsPages } from './calendars.pages.js';
import { DaysPages } from './days.pages.js';
import { CalendarDraftsPages } from './drafts.pages.js';
import { PublishPages } from './publish.pages.js';

/** Working calendars: looking at them, drafting and publishing them. Pages with names of their own come before `:id`. */
@Module({
  controllers: [CalendarsController, DaysPages, PublishPages, CalendarDraftsPages, CalendarsPages],
  providers: [CalendarDrafts, CalendarShelf, RuleChanges].map((provide) => ({
    provide,
    useFactory: (dataSource: DataSource) => new provide(dataSource),
    inject: [DataSource],
  })),
})
export class CalendarsModule {}
