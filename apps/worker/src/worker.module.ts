import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { DataSource } from 'typeorm';
import { CaseStore } from '#libs/case-store/case-store.js';
import { UndeliveredCases } from '#libs/case-store/undelivered-cases.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { checkpointerOf } from '#libs/audit/checkpoint-place.js';
import { Config } from '#libs/config/config.js';
import { databaseOptions } from '#libs/database/options.js';
import { CaseErasure } from '#libs/erasure/case-erasure.js';
import { Retention } from '#libs/erasure/retention.js';
import { MailSequences } from '#libs/mail-sequences/mail-sequences.js';
import { Reconciler } from '#libs/reconciliation/reconciler.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { messageIdDomain } from '#libs/mail/message-id.js';

/** What the worker's activities and its relay stand on. */
@Module({})
export class WorkerModule {
  static with(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: Config, useValue: config },
        {
          provide: DataSource,
          inject: [Config],
          useFactory: ({ databaseUrl }: Config) => new DataSource(databaseOptions(databaseUrl)).initialize(),
        },
        {
          provide: CaseStore,
          inject: [DataSource, Config],
          useFactory: (dataSource: DataSource, { mailFrom }: Config) =>
            new CaseStore(dataSource, messageIdDomain(mailFrom)),
        },
        {
          provide: Retention,
          inject: [DataSource, CaseStore],
          useFactory: (dataSource: DataSource, store: CaseStore) =>
            new Retention(dataSource, new CaseErasure(dataSource, store)),
        },
        {
          provide: MailSequences,
          inject: [DataSource, Config],
          useFactory: (dataSource: DataSource, settings: Config) => new MailSequences(dataSource, settings),
        },
        {
          provide: UnstartedCases,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new UnstartedCases(dataSource),
        },
        {
          provide: UndeliveredCases,
          inject: [DataSource, CaseStore],
          useFactory: (dataSource: DataSource, store: CaseStore) => new UndeliveredCases(dataSource, store),
        },
        {
          provide: RuleChanges,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new RuleChanges(dataSource),
        },
        { provide: Client, inject: [Config], useFactory: (settings: Config) => temporalClient(settings) },
        {
          provide: CaseClient,
          inject: [Client, Config],
          useFactory: (client: Client, { commandDeadlineMs, temporalTaskQueue }: Config) =>
            new CaseClient(client, commandDeadlineMs, temporalTaskQueue),
        },
        { provide: Checkpointer, inject: [DataSource, Config], useFactory: checkpointerOf },
        {
          provide: Reconciler,
          inject: [DataSource, CaseClient],
          useFactory: (dataSource: DataSource, client: CaseClient) => new Reconciler(dataSource, client),
        },
      ],
    };
  }
}
