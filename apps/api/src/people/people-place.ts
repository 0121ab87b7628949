import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import type { OurRequest } from '../identity/request.js';
import { lookedAfterBy } from './people-access.js';

/** Where somebody looks after people: two addresses of the same pages. */
export interface Place {
  base: '/admin/people' | '/office';
  /** The one organisation whose people are looked after there. */
  office?: string;
}

/** @throws 404 for whom this address is not */
export function placeOf({ path }: OurRequest, me: SignedIn): Place {
  const { organisation: office } = lookedAfterBy(me);
  const base = path.startsWith('/office') ? '/office' : '/admin/people';
  found((base === '/office') === (office !== undefined) ? base : null, 'page');
  return office === undefined ? { base } : { base, office };
}
