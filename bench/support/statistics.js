// Small statistics: nothing is interpolated, so every figure is one that was measured.

const ascending = (values) => [...values].sort((a, b) => a - b);

/**
 * The smallest value that at least `share` of the values do not exceed (nearest rank).
 * @param {readonly number[]} values @param {number} share over 0, up to 1 @returns {number} NaN when there are none
 */
export function percentile(values, share) {
  if (!values.length) return NaN;
  const rank = Math.ceil(share * values.length - 1e-9);
  return ascending(values)[Math.max(0, rank - 1)];
}

/** The middle value; the mean of the two middle ones when their number is even. NaN when there are none. */
export function median(values) {
  if (!values.length) return NaN;
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median and range over rounds. @param {readonly number[]} values @returns {{ median: number, min: number, max: number }} */
export const spread = (values) => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) });

/** What lateness and latency are reported by, in the unit of the values. */
export const tail = (values) => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
  max: values.length ? ascending(values).at(-1) : NaN,
});

/** One arm over another, round by round, so that what slows the whole machine for a while slows both. */
export const ratios = (over, under) => over.map((value, round) => value / under[round]);
