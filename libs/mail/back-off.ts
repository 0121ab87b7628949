const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 4 * 3_600;
/** How much a pause may be shorter or longer than its measure, so that what failed together does not come back together. */
const JITTER = 0.25;

/** A server that is asked for so long does not take it: five days (RFC 5321, 4.5.4.1). */
export const MOST_ATTEMPTS = 40;
/** So many copies of a notice may be on their way before a person must look. */
export const MOST_UNCERTAIN = 12;

/**
 * How long a mail waits until it is tried again: twice as long after every attempt, up to four hours, and a quarter more
 * or less by chance.
 * @param attempts made so far, from 1
 * @param random from 0, below 1
 * @returns seconds
 */
export function pauseSeconds(attempts: number, random: () => number = Math.random): number {
  const measure = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (attempts - 1));
  return jittered(measure, random);
}

/** A pause of about this measure. @param random from 0, below 1 */
export const jittered = (measure: number, random: () => number = Math.random): number =>
  measure * (1 - JITTER + 2 * JITTER * random());
