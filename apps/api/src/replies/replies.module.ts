import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { Documents } from '#libs/documents/documents.js';
import { MessageDecisions } from '#libs/inbound/decisions.js';
import { RepliesController } from './replies.controller.js';
import { RepliesDesk } from './replies-desk.js';
import { RepliesPages } from './replies.pages.js';
import { TriageController } from './triage.controller.js';
import { TriagePages } from './triage.pages.js';

/** Mail that has come in. Imported before the cases, whose steps have addresses of the same form. */
@Module({
  controllers: [RepliesController, RepliesPages, TriageController, TriagePages],
  providers: [
    RepliesDesk,
    {
      provide: MessageDecisions,
      inject: [DataSource, Config, Documents],
      useFactory: (dataSource: DataSource, { mailFrom }: Config, documents: Documents) =>
        new MessageDecisions(dataSource, mailFrom, documents),
    },
  ],
})
export class RepliesModule {}
