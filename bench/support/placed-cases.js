// Cases whose next timer falls due at an instant of our choice, without touching what the product does.
//
// The warning of the acknowledgement clock rings after three quarters of the working time from the request to the close
// of the second working day after it. That close does not move, so of two requests of one day, the one that comes in
// four seconds later is warned about one second later. The demo clock then brings those instants to where we want them.
import { advanceClock } from '#libs/case-store/product-time.js';

/** A Monday morning in Geneva, without a holiday near it. */
export const MORNING = Date.parse('2026-11-23T09:00:00Z');
const PER_SECOND_OF_DUE = 4;

/** Opens cases whose warnings fall due `everyMs` apart. Before a worker runs: its relay would start them at once. */
export function openPlaced(cases, { count, everyMs }) {
  const step = everyMs * PER_SECOND_OF_DUE;
  return cases.open(Array.from({ length: count }, (_, index) => MORNING + index * step));
}

/**
 * Sets the clock so that the first of the placed cases falls due in `leadMs`.
 * @returns {Promise<{ firstDueAt: number, offsetMs: number }>} when that is, in real time (epoch ms)
 */
export async function setClock({ manager }, leadMs) {
  const [{ first }] = await manager.query('SELECT min(next_wake_at) AS first FROM assistance_case');
  const firstDueAt = Date.now() + Math.round(leadMs);
  const offsetMs = first.getTime() - firstDueAt;
  await advanceClock(manager, offsetMs);
  return { firstDueAt, offsetMs };
}
