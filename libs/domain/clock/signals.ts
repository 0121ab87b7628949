/** One run of a clock from its start (sla.md 2.1). Array order of the signals is `seq`; times may come in any order. */
export interface ClockCycle {
  startedAt: number;
  /** Open milliseconds promised. */
  targetMs: number;
  /** Elapsed time brought from an earlier cycle, when the policy resumes. */
  carriedMs?: number;
  /** Without grace a deadline on closing time is closing time; with it, the next opening (sla.md 2.4 D1). */
  graceUntil?: 'next_open';
  signals: readonly ClockSignal[];
}

/** What happens to a running clock (sla.md 2.3-2.5). */
export type ClockSignal =
  | { at: number; type: 'pause'; reason?: string; owner?: string }
  | { at: number; type: 'resume'; reason?: string; owner?: string }
  | { at: number; type: 'stop'; evidence?: string }
  /** Ends every pause and the clock with them, without a verdict unless it has breached. */
  | { at: number; type: 'end'; cause: EndCause }
  /** Takes the same cycle up again; a new cycle with `carriedMs` is the other way to go on. */
  | { at: number; type: 'reopen' }
  /** `keepsDate`: a new calendar version leaves the promised civil date where it is. */
  | { at: number; type: 'retarget'; targetMs: number; keepsDate?: true };

export type EndCause = 'closed' | 'merged' | 'transferred' | 'withdrawn' | (string & {});

export interface SignalGroup {
  at: number;
  signals: ClockSignal[];
}

/**
 * The signals recorded up to an instant, those of one instant together, in order of time, then `seq` (sla.md 2.4);
 * among them the looks, instants at which the clock is looked at even if nothing comes.
 */
export function signalGroups(signals: readonly ClockSignal[], looks: readonly number[], until: number): SignalGroup[] {
  const byInstant = new Map<number, ClockSignal[]>(looks.map((at) => [at, []]));
  for (const signal of signals) {
    const together = byInstant.get(signal.at);
    if (together) together.push(signal);
    else byInstant.set(signal.at, [signal]);
  }
  return [...byInstant]
    .map(([at, together]) => ({ at, signals: together }))
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at);
}
