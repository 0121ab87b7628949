import { ForbiddenException } from '@nestjs/common';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';

const WHO = {
  'read-audit': 'The record of who did what is for the coordinator lead, the ISU and administrators.',
  'read-checkpoints': 'Checkpoints are for the coordinator lead, the ISU and administrators.',
};

/** @throws 403 for whoever may not read the records of the deployment */
export function mayRead({ actor }: SignedIn, what: keyof typeof WHO): void {
  if (!can(actor, what)) throw new ForbiddenException(WHO[what]);
}
