import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TemplateDesk } from '#libs/mail-templates/template-desk.js';
import { MailTemplatesController } from './mail-templates.controller.js';
import { MailTemplatesPages } from './mail-templates.pages.js';
import { MailWordsPages } from './mail-words.pages.js';
import { Previews } from './previews.js';

/** The words of mails: seen in all languages, changed in versions, confirmed by people. */
@Module({
  controllers: [MailTemplatesPages, MailWordsPages, MailTemplatesController],
  providers: [
    Previews,
    {
      provide: TemplateDesk,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new TemplateDesk(dataSource),
    },
  ],
})
export class MailTemplatesModule {}
