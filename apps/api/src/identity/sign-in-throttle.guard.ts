import { applyDecorators, HttpException, Injectable, SetMetadata, UseGuards } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { normalizeIp, ThrottlerGuard } from '@nestjs/throttler';
import type { ThrottlerLimitDetail, ThrottlerModuleOptions, ThrottlerStorage } from '@nestjs/throttler';
import type { Config } from '#libs/config/config.js';
import type { RateLimits } from '#libs/identity/rate-limits.js';
import { limitsFor } from './limits.js';
import type { Attempt, Limits } from './limits.js';
import type { OurRequest } from './request.js';

const ATTEMPT = 'action48:attempt';
const attemptOf = (context: ExecutionContext): Attempt =>
  (Reflect.getMetadata(ATTEMPT, context.getHandler()) as Attempt | undefined) ?? 'sign-in';

/** So many attempts for one address from one place, and so many from one place; guessing does not pay. */
@Injectable()
export class SignInThrottle extends ThrottlerGuard {
  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    return Promise.reject(
      new HttpException(
        {
          type: '/problems/too-many-requests',
          title: 'Too many requests',
          detail: `Too many attempts. Wait ${detail.timeToBlockExpire} seconds, then try again.`,
          retryAfter: detail.timeToBlockExpire,
        },
        429,
      ),
    );
  }
}

/** Marks a route on which attempts are counted. */
export const Throttled = (attempt: Attempt) =>
  applyDecorators(SetMetadata(ATTEMPT, attempt), UseGuards(SignInThrottle));

const placeOf = ({ ip }: OurRequest): string => normalizeIp(ip ?? '');

function addressOf({ body }: OurRequest): string {
  const { email } = (body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email.trim().toLowerCase() : '';
}

/** The two limits of every kind of attempt, counted in PostgreSQL. */
export function throttling({ deployment }: Config, limits: RateLimits): ThrottlerModuleOptions {
  const limit = (context: ExecutionContext, what: keyof Limits) => limitsFor(attemptOf(context), deployment)[what];
  const throttler = (name: string, what: keyof Limits, tracker: (request: OurRequest) => string) => ({
    name,
    limit: (context: ExecutionContext) => limit(context, what).most,
    ttl: (context: ExecutionContext) => limit(context, what).seconds * 1000,
    getTracker: (request: unknown) => Promise.resolve(tracker(request as OurRequest)),
    generateKey: (context: ExecutionContext, tracked: string) => `${attemptOf(context)}/${name}/${tracked}`,
  });
  return {
    storage: storageOf(limits),
    throttlers: [
      throttler('default', 'address', (request) => `${placeOf(request)}/${addressOf(request)}`),
      throttler('place', 'place', placeOf),
    ],
  };
}

const storageOf = (limits: RateLimits): ThrottlerStorage => ({
  increment: async (key, ttl, most, blockDuration) => {
    const counted = await limits.count(key, { most, seconds: ttl / 1000, blockSeconds: blockDuration / 1000 });
    return {
      totalHits: counted.hits,
      timeToExpire: counted.left,
      isBlocked: counted.wait > 0,
      timeToBlockExpire: counted.wait,
    };
  },
});
