/** How a change of priority or policy treats the time already used (sla.md 2.5). */
export interface RetargetRule {
  retarget: 'from_start' | 'from_now' | 'keep_remaining_percent';
  /** At least so many open milliseconds after the change. */
  minRunwayMs?: number;
}

/**
 * The target in open milliseconds that a change to `newTargetMs` gives a clock: the elapsed time kept, a fresh start,
 * or the same share of the time still to go; never less than the runway after the change (sla.md 2.5).
 */
export function retargetedMs(
  clock: { elapsedMs: number; targetMs: number },
  newTargetMs: number,
  { retarget, minRunwayMs = 0 }: RetargetRule = { retarget: 'from_start' },
): number {
  const { elapsedMs, targetMs } = clock;
  const left = Math.max(0, targetMs - elapsedMs);
  const wanted = {
    from_start: newTargetMs,
    from_now: elapsedMs + newTargetMs,
    keep_remaining_percent: elapsedMs + Math.round((newTargetMs * left) / targetMs),
  }[retarget];
  return minRunwayMs > 0 ? Math.max(wanted, elapsedMs + minRunwayMs) : wanted;
}
