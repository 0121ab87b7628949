import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AnswerDesk } from '#libs/answering/answer-desk.js';
import { CommandSender } from '#libs/answering/command-sender.js';
import { AccessLog } from '#libs/case-reading/access-log.js';
import { CaseFacts } from '#libs/case-reading/case-facts.js';
import { CaseList } from '#libs/case-reading/case-list.js';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import { Config } from '#libs/config/config.js';
import { Messages } from '#libs/inbound/messages.js';
import { DocumentShelf } from '#libs/documents/document-shelf.js';
import { Documents } from '#libs/documents/documents.js';
import { messageIdDomain } from '#libs/mail/message-id.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { DocumentDesk } from '../documents/document-desk.js';
import { DocumentSection } from '../documents/document-section.js';
import { DocumentsController } from '../documents/documents.controller.js';
import { DocumentsPages } from '../documents/documents.pages.js';
import { AccessDesk } from './access-desk.js';
import { AccessLogController } from './access-log.controller.js';
import { AccessPages } from './access.pages.js';
import { CaseDesk } from './case-desk.js';
import { CasesController } from './cases.controller.js';
import { CasesPages } from './cases.pages.js';
import { ExplanationPages } from './explanation.pages.js';
import { CaseMailPages } from './mail.pages.js';

const onDatabase = <T>(part: new (dataSource: DataSource) => T) => ({
  provide: part,
  inject: [DataSource],
  useFactory: (dataSource: DataSource) => new part(dataSource),
});

@Global()
@Module({
  // Before the pages of a case, whose steps have addresses of the same form.
  controllers: [
    AccessLogController,
    AccessPages,
    CaseMailPages,
    DocumentsController,
    DocumentsPages,
    CasesController,
    CasesPages,
    ExplanationPages,
  ],
  providers: [
    CaseDesk,
    AccessDesk,
    DocumentDesk,
    DocumentSection,
    ...[CommandDesk, UnstartedCases, CaseReader, CaseList, CaseFacts, AccessLog, Messages].map((part) =>
      onDatabase<object>(part),
    ),
    {
      provide: CommandSender,
      inject: [CommandDesk, UnstartedCases, CaseClient],
      useFactory: (...parts: ConstructorParameters<typeof CommandSender>) => new CommandSender(...parts),
    },
    {
      provide: AnswerDesk,
      inject: [DataSource, CommandSender],
      useFactory: (dataSource: DataSource, sender: CommandSender) => new AnswerDesk(dataSource, sender),
    },
    {
      provide: CaseOpening,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, { mailFrom }: Config) =>
        new CaseOpening(dataSource, new CaseStore(dataSource, messageIdDomain(mailFrom))),
    },
    {
      provide: Documents,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, { mailFrom, secretsKey }: Config) =>
        new Documents(dataSource, new CaseStore(dataSource, messageIdDomain(mailFrom)), secretsKey),
    },
    {
      provide: DocumentShelf,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, { secretsKey }: Config) => new DocumentShelf(dataSource, secretsKey),
    },
    {
      provide: CaseClient,
      inject: [Config],
      useFactory: (config: Config) =>
        new CaseClient(temporalClient(config), config.commandDeadlineMs, config.temporalTaskQueue),
    },
  ],
  exports: [
    Documents,
    CaseDesk,
    AnswerDesk,
    CommandDesk,
    CaseReader,
    CaseList,
    CaseFacts,
    AccessLog,
    CaseClient,
    Messages,
  ],
})
export class CasesModule {}
