import type { Limit } from '#libs/identity/rate-limits.js';

/** What is limited: attempts of one kind share their counts, on pages and over the API. */
export type Attempt = 'sign-in' | 'second-factor' | 'reset' | 'code' | 'answer';

/** For one address from one place, and for one place. */
export type Limits = Record<'address' | 'place', Limit>;

const MINUTE = 60;
const QUARTER = 15 * MINUTE;

/** As in production. A whole mission may share one place. */
const LIMITS: Record<Attempt, Limits> = {
  'sign-in': { address: { most: 10, seconds: MINUTE }, place: { most: 60, seconds: MINUTE } },
  'second-factor': { address: { most: 20, seconds: QUARTER }, place: { most: 60, seconds: QUARTER } },
  reset: { address: { most: 3, seconds: QUARTER }, place: { most: 20, seconds: QUARTER } },
  answer: { address: { most: 60, seconds: QUARTER }, place: { most: 60, seconds: QUARTER } },
  code: { address: { most: 20, seconds: QUARTER }, place: { most: 60, seconds: QUARTER } },
};

/** Many demonstrate from one place, and tests sign in all the time. */
const TRIAL_FACTOR = 12;

export function limitsFor(attempt: Attempt, deployment: 'trial' | 'production'): Limits {
  const { address, place } = LIMITS[attempt];
  const factor = deployment === 'trial' ? TRIAL_FACTOR : 1;
  return {
    address: { ...address, most: address.most * factor },
    place: { ...place, most: place.most * factor },
  };
}
