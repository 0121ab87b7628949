export const MINUTE_MS = 60_000;

/** A last use is written down again after this, not at every request: nobody needs to know it better. */
export const LAST_USE_MS = 2 * MINUTE_MS;
