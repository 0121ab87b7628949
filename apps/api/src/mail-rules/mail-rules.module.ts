import { Module } from '@nestjs/common';
import { MailRulesDesk } from './mail-rules-desk.js';
import { MailRulesEditPages } from './mail-rules-edit.pages.js';
import { MailRulesController } from './mail-rules.controller.js';
import { MailRulesPages } from './mail-rules.pages.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { SequencesController } from './sequences.controller.js';
import { SequencesPages } from './sequences.pages.js';

/** The rules that mails go by, as data: read, changed with a look ahead, published. */
@Module({
  imports: [PoliciesModule],
  controllers: [MailRulesEditPages, MailRulesPages, MailRulesController, SequencesPages, SequencesController],
  providers: [MailRulesDesk],
})
export class MailRulesModule {}
