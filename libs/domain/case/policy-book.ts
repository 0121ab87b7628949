import type { ClockPolicy } from './clock-policy.js';
import { DELIVERED_CLOCKS } from './delivered-policy.js';

/** One version of the policy: every clock there is. Immutable; a change is a new version (sla.md 2.5). */
export interface PolicyVersion {
  version: number;
  /** Instant (epoch ms) from which new cases run on it. */
  from: number;
  clocks: readonly ClockPolicy[];
}

/** All versions there have been, oldest first. Each case says in its log which one it runs on. */
export type PolicyBook = readonly PolicyVersion[];

export const DELIVERED_VERSION = 1;

/** The policy as the program brings it. */
export const DELIVERED_POLICY: PolicyVersion = {
  version: DELIVERED_VERSION,
  from: -Infinity,
  clocks: DELIVERED_CLOCKS,
};

/** The clocks of a version. @throws RangeError for one that there is not */
export function clocksOf(book: PolicyBook, version: number): readonly ClockPolicy[] {
  const found = book.find((one) => one.version === version);
  if (!found) throw new RangeError(`there is no version ${version} of the policy`);
  return found.clocks;
}

/** The version on which a case runs that is submitted at an instant (epoch ms). */
export const versionInForce = (book: PolicyBook, at: number): number =>
  (book.findLast(({ from }) => from <= at) ?? book[0] ?? DELIVERED_POLICY).version;
