import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Unsubscribing } from '#libs/mail/unsubscribing.js';
import { MailPreferences } from '#libs/people/mail-preferences.js';
import { MailPreferencesController } from './mail-preferences.controller.js';
import { MailPreferencesPages } from './mail-preferences.pages.js';
import { UnsubscribePages } from './unsubscribe.pages.js';

/** When and how often people are written to, and how they stop digests. */
@Module({
  controllers: [MailPreferencesController, MailPreferencesPages, UnsubscribePages],
  providers: [MailPreferences, Unsubscribing].map((provide) => ({
    provide,
    inject: [DataSource],
    useFactory: (dataSource: DataSource) => new provide(dataSource),
  })),
})
export class MailPreferencesModule {}
