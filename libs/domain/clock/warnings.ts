import type { CalendarHistory } from '../calendar/calendar.js';
import { instantAfterOpen } from '../calendar/open-time.js';
import type { ClockCycle } from './signals.js';
import { projected, traceClock, type ClockTrace, type Stretch } from './trace.js';

/** A point before the deadline at which somebody hears of it (sla.md 2.7). */
export type Threshold = { percent: number } | { openMsBefore: number };

export interface Warning {
  at: number;
  threshold: Threshold;
  /** The target that the clock had then: a threshold fires once for each. */
  targetMs: number;
  /** Lower thresholds that became due at the same instant: they count as fired. */
  superseded: Threshold[];
}

interface Reached {
  at: number;
  threshold: Threshold;
  targetMs: number;
  /** The part of its target that it stands for. */
  share: number;
}

/** Every warning that has fired by an instant, in order (sla.md 2.7). */
export function warningsFired(
  cycle: ClockCycle,
  history: CalendarHistory,
  thresholds: readonly Threshold[],
  at: number,
): Warning[] {
  const trace = traceClock(cycle, history, at);
  const epochs = new Epochs(thresholds, trace);
  return highestOfEachInstant(
    trace.stretches.flatMap((stretch) => epochs.reachedIn(stretch)),
    trace,
  );
}

/** The next instant at which a warning will fire if nothing more happens; null when there is none (sla.md 2.7). */
export function nextWarning(
  cycle: ClockCycle,
  history: CalendarHistory,
  thresholds: readonly Threshold[],
  asOf: number,
): number | null {
  const trace = traceClock(cycle, history, asOf);
  const { elapsedMs, targetMs } = trace.run;
  const ahead = thresholds.map((one) => levelOf(one, targetMs)).filter((ms) => ms > elapsedMs && ms < targetMs);
  return ahead.length > 0 ? projected(trace, Math.min(...ahead)) : null;
}

function levelOf(threshold: Threshold, targetMs: number): number {
  return 'percent' in threshold ? Math.ceil((targetMs * threshold.percent) / 100) : targetMs - threshold.openMsBefore;
}

/** The thresholds under one target after the other. */
class Epochs {
  private targetMs: number | null = null;
  /** Thresholds that a smaller target has left behind, waiting for the clock to run. */
  private overtaken: Threshold[] = [];

  constructor(
    private readonly thresholds: readonly Threshold[],
    private readonly trace: ClockTrace,
  ) {}

  reachedIn(stretch: Stretch): Reached[] {
    this.take(stretch);
    if (!stretch.runs) return [];
    const overtaken = this.overtaken.map((threshold) => this.reached(threshold, stretch.from));
    this.overtaken = [];
    return [...overtaken, ...this.passedIn(stretch)];
  }

  private take({ targetMs, elapsedAtFrom }: Stretch): void {
    const smaller = this.targetMs !== null && targetMs < this.targetMs;
    if (targetMs === this.targetMs) return;
    this.targetMs = targetMs;
    const fires = smaller && elapsedAtFrom < targetMs;
    this.overtaken = fires ? this.thresholds.filter((one) => levelOf(one, targetMs) <= elapsedAtFrom) : [];
  }

  private passedIn({ from, to, elapsedAtFrom, elapsedAtTo, targetMs, stopsAtEnd }: Stretch): Reached[] {
    return this.thresholds
      .map((threshold) => ({ threshold, level: levelOf(threshold, targetMs) }))
      .filter(({ level }) => elapsedAtFrom < level && level <= elapsedAtTo && level < targetMs)
      .map(({ threshold, level }) =>
        this.reached(threshold, instantAfterOpen(this.trace.history, from, level - elapsedAtFrom)),
      )
      .filter(({ at }) => !(stopsAtEnd && at === to));
  }

  private reached(threshold: Threshold, at: number): Reached {
    const targetMs = this.targetMs ?? 0;
    return { at, threshold, targetMs, share: levelOf(threshold, targetMs) / targetMs };
  }
}

/** When several become due at one instant only the highest fires; a breach silences them all. */
function highestOfEachInstant(reached: readonly Reached[], { run }: ClockTrace): Warning[] {
  const byInstant = new Map<number, Reached[]>();
  for (const one of reached) byInstant.set(one.at, [...(byInstant.get(one.at) ?? []), one]);
  return [...byInstant]
    .filter(([at]) => at !== run.breach?.at && at !== run.due?.at)
    .sort(([a], [b]) => a - b)
    .map(([at, together]) => {
      const [highest, ...superseded] = together.sort((a, b) => b.share - a.share) as [Reached, ...Reached[]];
      const { threshold, targetMs } = highest;
      return { at, threshold, targetMs, superseded: superseded.map((one) => one.threshold) };
    });
}
