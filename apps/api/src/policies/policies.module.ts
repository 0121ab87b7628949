import { Module } from '@nestjs/common';
import { Applications } from './applications.js';
import { ApplyPages } from './apply.pages.js';
import { DraftsPages } from './drafts.pages.js';
import { PoliciesController } from './policies.controller.js';
import { PoliciesPages } from './policies.pages.js';
import { PolicyDesk } from './policy-desk.js';
import { PolicyDrafts } from './policy-drafts.js';
import { PolicyShelf } from './policy-shelf.js';
import { PublishPages } from './publish.pages.js';

/** The policy as data: read, drafted, published, applied. */
@Module({
  // Drafts before versions: an address is matched in this order.
  controllers: [PublishPages, DraftsPages, ApplyPages, PoliciesPages, PoliciesController],
  providers: [PolicyShelf, PolicyDrafts, PolicyDesk, Applications],
  exports: [PolicyShelf],
})
export class PoliciesModule {}
