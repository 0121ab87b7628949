import { ForbiddenException } from '@nestjs/common';
import { can } from '#libs/domain/access/can.js';
import type { RulesAction } from '#libs/domain/access/deployment-rights.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';

const WHO: Record<Exclude<RulesAction, 'read-rules'>, string> = {
  'publish-rules': 'Only the coordinator lead and administrators change the policy.',
  'apply-rules': 'Only the coordinator lead puts open cases on another version.',
};

/** @throws 404 for whoever may not know of the rules · 403 for whoever may only read them */
export function permitted({ actor }: SignedIn, action: RulesAction): void {
  found(can(actor, 'read-rules') ? actor : null, 'page');
  if (action !== 'read-rules' && !can(actor, action)) throw new ForbiddenException(WHO[action]);
}
