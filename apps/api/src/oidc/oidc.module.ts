import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Identities } from '#libs/identity/identities.js';
import { IdentityProvider } from './identity-provider.js';
import { OidcPages } from './oidc.pages.js';

@Module({
  controllers: [OidcPages],
  providers: [
    IdentityProvider,
    { provide: Identities, inject: [DataSource], useFactory: (dataSource: DataSource) => new Identities(dataSource) },
  ],
  exports: [IdentityProvider],
})
export class OidcModule {}
