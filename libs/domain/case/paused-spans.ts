import type { CalendarHistory } from '../calendar/calendar.js';
import { instantAfterOpen, openMsBetween } from '../calendar/open-time.js';
import type { ClockSignal } from '../clock/clock.js';

type PausedSpan = readonly [from: number, to: number];

/** When a cycle was paused, in order (epoch ms); the last span ends at Infinity while it still is. */
export function pausedSpans(signals: readonly ClockSignal[]): PausedSpan[] {
  const spans: PausedSpan[] = [];
  const reasons = new Set<string>();
  let since = 0;
  for (const signal of signals) {
    if (signal.type === 'pause') {
      if (!reasons.size) since = signal.at;
      reasons.add(signal.reason ?? '');
    } else if (signal.type === 'resume' && reasons.delete(signal.reason ?? '') && !reasons.size)
      spans.push([since, signal.at]);
  }
  return reasons.size ? [...spans, [since, Infinity]] : spans;
}

/**
 * When a step reckoned from an instant takes place after all: pauses since then move it on by the open time that they
 * covered, and it never falls into a pause. Null while the pause lasts.
 */
export function afterPauses(
  at: number,
  reckonedFrom: number,
  spans: readonly PausedSpan[],
  calendar: CalendarHistory,
): number | null {
  let moved = at;
  for (const [from, to] of spans) {
    if (from >= moved || (from < reckonedFrom && to <= moved)) continue;
    if (to === Infinity) return null;
    moved = from < reckonedFrom ? to : instantAfterOpen(calendar, to, openMsBetween(calendar, from, moved));
  }
  return moved;
}
