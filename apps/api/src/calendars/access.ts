import { HttpException, HttpStatus } from '@nestjs/common';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';

/** @throws 404 for whom there are no calendars */
export function readable(me: SignedIn): void {
  found(can(me.actor, 'read-rules') ? me : null, 'calendar');
}

/** @throws 404 for whom there are no calendars, 403 for who may only look at them */
export function changeable(me: SignedIn): void {
  readable(me);
  if (can(me.actor, 'publish-rules')) return;
  throw new HttpException(
    {
      type: '/problems/forbidden',
      title: 'Not for you to do',
      detail: 'The coordinators’ lead and administrators change calendars. Ask one of them.',
    },
    HttpStatus.FORBIDDEN,
  );
}
