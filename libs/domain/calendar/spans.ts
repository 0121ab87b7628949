/** A half-open stretch of time, in epoch milliseconds: `[from, to)`. */
export type Span = readonly [from: number, to: number];

/** The spans as a set of instants: ordered, and where they overlap or touch, one (sla.md 2.2 rule 6). */
export function union(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) merged.push([from, to]);
  }
  return merged;
}

/** What is left of the spans outside the cuts. */
export function subtract(spans: readonly Span[], cuts: readonly Span[]): Span[] {
  return cuts.reduce<readonly Span[]>((left, cut) => left.flatMap((span) => outside(span, cut)), spans).slice();
}

function outside([from, to]: Span, [cutFrom, cutTo]: Span): Span[] {
  if (cutFrom >= cutTo || cutTo <= from || to <= cutFrom) return [[from, to]];
  const left: Span[] = [];
  if (from < cutFrom) left.push([from, cutFrom]);
  if (cutTo < to) left.push([cutTo, to]);
  return left;
}

/** The part of the spans that lies between two instants. */
export function clip(spans: readonly Span[], from: number, to: number): Span[] {
  return spans
    .filter((span) => span[0] < to && from < span[1])
    .map((span) => [Math.max(span[0], from), Math.min(span[1], to)] as const);
}

export function totalMs(spans: Iterable<Span>): number {
  let sum = 0;
  for (const [from, to] of spans) sum += to - from;
  return sum;
}
