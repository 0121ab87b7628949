import { Global, Module } from '@nestjs/common';
import { InvitationsPages } from './invitations.pages.js';
import { MailModule } from '../mail/mail.module.js';
import { PeopleDirectory } from './people-directory.js';
import { QueuePages } from './queue.pages.js';

/** Lists of cases for each side. */
@Global()
@Module({
  imports: [MailModule],
  controllers: [QueuePages, InvitationsPages],
  providers: [PeopleDirectory],
  exports: [PeopleDirectory],
})
export class QueueModule {}
