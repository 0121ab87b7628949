import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { Passkeys } from '#libs/identity/passkeys.js';
import { PasskeyAttempts } from './passkey-attempts.js';
import { PasskeyScriptsController } from './passkey-scripts.controller.js';
import { PasskeySignIn } from './passkey-sign-in.pages.js';
import { PasskeysPages } from './passkeys.pages.js';

@Module({
  controllers: [PasskeySignIn, PasskeysPages, PasskeyScriptsController],
  providers: [
    PasskeyAttempts,
    {
      provide: Passkeys,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, config: Config) => new Passkeys(dataSource, config),
    },
  ],
})
export class PasskeysModule {}
