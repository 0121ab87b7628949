import { Global, Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { DataSource } from 'typeorm';
import { SignInAttempts } from '#libs/identity/sign-in-attempts.js';
import type { OurRequest } from '../identity/request.js';
import { FollowModule } from '../follow/follow.module.js';
import { allowScript } from '../layout/csp.js';
import { IdentityProvider } from '../oidc/identity-provider.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { SCRIPT_ADDRESSES } from '../passkeys/passkey-scripts.js';
import { PasskeysModule } from '../passkeys/passkeys.module.js';

/** Ways in beside the password: an identity provider, passkeys, and a code by mail for whoever follows one request. */
@Global()
@Module({
  imports: [OidcModule, PasskeysModule, FollowModule],
  providers: [
    {
      provide: SignInAttempts,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new SignInAttempts(dataSource),
    },
  ],
  exports: [SignInAttempts],
})
export class WaysInModule implements NestModule {
  constructor(private readonly provider: IdentityProvider) {}

  /** The sign-in page names the other ways; only it and the page of passkeys run a script. */
  configure(consumer: MiddlewareConsumer): void {
    const name = (_: OurRequest, response: Response, next: NextFunction) => {
      const provider = this.provider.isSet ? this.provider.name : null;
      const scripts = { addresses: SCRIPT_ADDRESSES, nonce: allowScript(response) };
      response.locals['waysIn'] = { provider, scripts };
      next();
    };
    consumer.apply(name).forRoutes('sign-in');
  }
}
