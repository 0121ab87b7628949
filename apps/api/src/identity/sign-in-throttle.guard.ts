import { HttpException, Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { OurRequest } from './request.js';

/** So many sign-ins a minute for one address from one place; guessing passwords does not pay. */
@Injectable()
export class SignInThrottle extends ThrottlerGuard {
  protected override getTracker(request: OurRequest): Promise<string> {
    const { email } = (request.body ?? {}) as { email?: unknown };
    return Promise.resolve(`${request.ip}/${typeof email === 'string' ? email.trim().toLowerCase() : ''}`);
  }

  protected override throwThrottlingException(): Promise<void> {
    return Promise.reject(
      new HttpException(
        {
          type: '/problems/too-many-requests',
          title: 'Too many requests',
          detail: 'Too many attempts to sign in with this address. Wait a minute, then try again.',
        },
        429,
      ),
    );
  }
}
