import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { ApiTokens } from '#libs/identity/api-tokens.js';
import { NewPasswords } from '#libs/identity/new-passwords.js';
import { PasswordResets } from '#libs/identity/password-resets.js';
import { RateLimits } from '#libs/identity/rate-limits.js';
import { SecondFactors } from '#libs/identity/second-factors.js';
import { Sessions } from '#libs/identity/sessions.js';
import { AccountPages } from './account.pages.js';
import { EveryTokenPages } from './every-token.pages.js';
import { ForgottenPages } from './forgotten.pages.js';
import { PasswordPages } from './password.pages.js';
import { SecondFactorPages } from './second-factor.pages.js';
import { SecondStepPages } from './second-step.pages.js';
import { RightsGuard } from './rights.guard.js';
import { SessionGuard } from './session.guard.js';
import { SessionsController } from './sessions.controller.js';
import { SignInPages } from './sign-in.pages.js';
import { throttling } from './sign-in-throttle.guard.js';
import { TokensController } from './tokens.controller.js';
import { TokensPages } from './tokens.pages.js';

const limitsOf = (dataSource: DataSource, { secretsKey }: Config) => new RateLimits(dataSource, secretsKey);

/** What signing in and accounts are made of. */
const PARTS = [
  { provide: RateLimits, inject: [DataSource, Config], useFactory: limitsOf },
  {
    provide: Sessions,
    inject: [DataSource, Config],
    useFactory: (dataSource: DataSource, config: Config) => new Sessions(dataSource, config),
  },
  {
    provide: ApiTokens,
    inject: [DataSource, Config],
    useFactory: (dataSource: DataSource, config: Config) => new ApiTokens(dataSource, config),
  },
  {
    provide: SecondFactors,
    inject: [DataSource, RateLimits, Config],
    useFactory: (dataSource: DataSource, limits: RateLimits, config: Config) =>
      new SecondFactors(dataSource, limits, config),
  },
  {
    provide: NewPasswords,
    inject: [DataSource, Sessions, RateLimits, Config],
    useFactory: (dataSource: DataSource, sessions: Sessions, limits: RateLimits, config: Config) =>
      new NewPasswords(dataSource, sessions, limits, config),
  },
  {
    provide: PasswordResets,
    inject: [DataSource, NewPasswords, RateLimits, Config],
    useFactory: (dataSource: DataSource, passwords: NewPasswords, limits: RateLimits, config: Config) =>
      new PasswordResets(dataSource, passwords, limits, config),
  },
];

@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, config: Config) => throttling(config, limitsOf(dataSource, config)),
    }),
  ],
  controllers: [
    SessionsController,
    TokensController,
    SignInPages,
    SecondStepPages,
    ForgottenPages,
    AccountPages,
    PasswordPages,
    SecondFactorPages,
    TokensPages,
    EveryTokenPages,
  ],
  providers: [...PARTS, { provide: APP_GUARD, useClass: SessionGuard }, { provide: APP_GUARD, useClass: RightsGuard }],
  exports: PARTS.map(({ provide }) => provide),
})
export class IdentityModule {}
