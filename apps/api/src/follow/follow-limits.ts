import { Injectable } from '@nestjs/common';
import { Config } from '#libs/config/config.js';
import { RateLimits } from '#libs/identity/rate-limits.js';

const HOUR = 3_600;

/** Askings within an hour. */
const MOST = { reference: 10, address: 10, place: 30 };
/** Many demonstrate from one place. */
const TRIAL_FACTOR = 3;

/** How often a code may be asked for, counted alike whether there is anything to follow. */
@Injectable()
export class FollowLimits {
  constructor(
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  /** Counts one more for each of the three. @throws TooManyTries */
  async count(reference: string, address: string, place: string): Promise<void> {
    const factor = this.config.deployment === 'trial' ? TRIAL_FACTOR : 1;
    const counted = { reference: reference.toUpperCase(), address: address.toLowerCase(), place };
    for (const [what, most] of Object.entries(MOST))
      await this.limits.allow(`follow/${what}/${counted[what as keyof typeof MOST]}`, {
        most: most * factor,
        seconds: HOUR,
      });
  }
}
