import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;

/** Waits until the question is answered with something true, and returns that; the limit is generous and nothing is measured. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = 90_000,
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  for (const end = Date.now() + withinMs; ; await sleep(EVERY_MS)) {
    const answer = await ask();
    if (answer) return answer as Exclude<T, false | null | undefined | 0 | ''>;
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
  }
}
