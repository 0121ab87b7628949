import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CalendarFeeds } from '#libs/calendar-feed/calendar-feeds.js';
import { CalendarFeedController } from './calendar-feed.controller.js';
import { CalendarFeedPages } from './calendar-feed.pages.js';

/** A person's own deadlines, in their own calendar. */
@Module({
  controllers: [CalendarFeedPages, CalendarFeedController],
  providers: [
    {
      provide: CalendarFeeds,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new CalendarFeeds(dataSource),
    },
  ],
})
export class CalendarFeedModule {}
