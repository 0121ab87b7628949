import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { Sessions } from '#libs/identity/sessions.js';
import { RightsGuard } from './rights.guard.js';
import { SessionGuard } from './session.guard.js';
import { SessionsController } from './sessions.controller.js';
import { SignInPages } from './sign-in.pages.js';

const MINUTE_MS = 60_000;
const SIGN_INS_A_MINUTE = { trial: 120, production: 10 };

@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Config],
      useFactory: ({ deployment }: Config) => [{ ttl: MINUTE_MS, limit: SIGN_INS_A_MINUTE[deployment] }],
    }),
  ],
  controllers: [SessionsController, SignInPages],
  providers: [
    {
      provide: Sessions,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, { sessionHours }: Config) => new Sessions(dataSource, sessionHours),
    },
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_GUARD, useClass: RightsGuard },
  ],
  exports: [Sessions],
})
export class IdentityModule {}
