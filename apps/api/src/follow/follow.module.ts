import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { FollowCodes } from '#libs/identity/follow-codes.js';
import { FollowLimits } from './follow-limits.js';
import { FollowPages } from './follow.pages.js';
import { GuestGuard } from './guest.guard.js';

@Module({
  controllers: [FollowPages],
  providers: [
    FollowLimits,
    {
      provide: FollowCodes,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, config: Config) => new FollowCodes(dataSource, config),
    },
    // After the session guard, which says who somebody is: this module is imported after that of identity.
    { provide: APP_GUARD, useClass: GuestGuard },
  ],
})
export class FollowModule {}
