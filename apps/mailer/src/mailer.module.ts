import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { databaseOptions } from '#libs/database/options.js';
import { dkimOf } from '#libs/mail/dkim.js';
import { MailComposer } from '#libs/mail/composer.js';
import { Digests } from '#libs/mail/digests.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { RulesGate } from '#libs/mail/rules-gate.js';
import { whyWithheld } from '#libs/mail/sink.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { log } from '#libs/observability/log.js';
import { DigestRounds } from './digest-rounds.js';
import { Pump } from './pump.js';

/** The mailer: ledger, SMTP connection, pump, digests. */
@Module({})
export class MailerModule {
  static with(config: Config): DynamicModule {
    return {
      module: MailerModule,
      providers: [
        { provide: Config, useValue: config },
        {
          provide: DataSource,
          inject: [Config],
          useFactory: ({ databaseUrl }: Config) => new DataSource(databaseOptions(databaseUrl)).initialize(),
        },
        {
          provide: Pump,
          inject: [DataSource, Config],
          useFactory: (dataSource: DataSource, config: Config) =>
            new Pump(
              new MailLedger(dataSource),
              smtpTransport(config.smtpUrl, { connections: config.smtpConnections, dkim: dkimOf(config) }),
              new MailComposer(dataSource.manager, config),
              new RulesGate(dataSource),
              (text) => log('warn', 'mailer', text),
              (recipient) => whyWithheld(config, recipient),
            ),
        },
        {
          provide: DigestRounds,
          inject: [DataSource, Config],
          useFactory: (dataSource: DataSource, config: Config) =>
            new DigestRounds(new Digests(dataSource, config), (text) => log('warn', 'mailer', text)),
        },
      ],
    };
  }
}
