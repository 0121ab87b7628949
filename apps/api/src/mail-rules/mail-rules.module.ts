import { Module } from '@nestjs/common';
import { MailRulesDesk } from './mail-rules-desk.js';
import { MailRulesEditPages } from './mail-rules-edit.pages.js';
import { MailRulesController } from './mail-rules.controller.js';
import { MailRulesPages } from './mail-rules.pages.js';

/** The rules that mails go by, as data: read, changed with a look ahead, published. */
@Module({
  controllers: [MailRulesEditPages, MailRulesPages, MailRulesController],
  providers: [MailRulesDesk],
})
export class MailRulesModule {}
