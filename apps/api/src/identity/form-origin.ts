import type { OurRequest } from './request.js';

/** What a browser says of a request that one of our own pages, or the person, began. */
const OWN_SITES = ['same-origin', 'none'];

/**
 * Whether a request that changes something was begun by a page that is not ours.
 * `Sec-Fetch-Site` is the browser's own word. Where it is not sent (old browsers; plain HTTP other than to this machine),
 * `Origin` must be ours. Our private pages send no referrer, and then a browser sends `Origin: null` with their forms too:
 * that is taken only along with a session, whose token the form must carry, or from a form that carries a code of its own.
 * Programs that are no browsers send neither.
 */
export function isFromElsewhere(request: OurRequest, publicUrl: string, carriesItsCode = false): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const named = origin !== undefined && origin !== 'null';
  if (named && !isOurs(origin, host, publicUrl)) return true;
  if (site !== undefined) return !OWN_SITES.includes(String(site));
  return origin === 'null' && !request.byCookie && !carriesItsCode;
}

const isOurs = (origin: string, host: string | undefined, publicUrl: string): boolean =>
  [new URL(publicUrl).origin, `http://${host}`, `https://${host}`].includes(origin);
