import { Module } from '@nestjs/common';
import { InboxController } from './inbox.controller.js';
import { InboxPages } from './inbox.pages.js';
import { Inbox } from './inbox.js';
import { TrialReplies } from './trial-replies.js';

/** Only in trial deployments. */
@Module({ controllers: [InboxController, InboxPages], providers: [Inbox, TrialReplies] })
export class InboxModule {}
