import { SetMetadata } from '@nestjs/common';
import type { Owed } from '#libs/domain/access/second-factor.js';

export const WHILE_OWING = 'action48:while-owing';

/** Marks a route that is there also for somebody who still owes a second factor; no other is. */
export const WhileOwing = (...owed: Owed[]) => SetMetadata(WHILE_OWING, owed);
