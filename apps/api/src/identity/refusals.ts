import { HttpException } from '@nestjs/common';
import type { Owed } from '#libs/domain/access/second-factor.js';

/** The answer to whoever still owes a second factor. */
export const owing = (owes: Owed): HttpException =>
  owes === 'second-factor'
    ? secondFactorRequired('Give the code that your authenticator app shows, or a recovery code.')
    : new HttpException(
        {
          type: '/problems/second-factor-enrolment-required',
          title: 'A second factor is to be added first',
          detail:
            'Staff need a second factor here. Sign in with a browser and add one; nothing else is possible before.',
        },
        403,
      );

/** The password was right, and is not enough. */
export const secondFactorRequired = (detail: string): HttpException =>
  new HttpException({ type: '/problems/second-factor-required', title: 'A second factor is needed', detail }, 401);

/** The answer to a token of a program that is not good for this. */
export const scopeRequired = (): HttpException =>
  new HttpException(
    {
      type: '/problems/scope-required',
      title: 'The token is not good for this',
      detail: 'This token may only read (GET and HEAD). This needs a token with the scope `act`.',
      scope: 'act',
    },
    403,
  );

export const sessionRequired = (): HttpException =>
  new HttpException(
    {
      type: '/problems/session-required',
      title: 'Not for a token to do',
      detail: 'Accounts, sessions and tokens are managed by whoever signs in, never with a token of a program.',
    },
    403,
  );
