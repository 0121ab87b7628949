import type { ClockSignal } from '../clock/clock.js';
import type { ClockRun } from './clock-runs.js';
import type { LoggedEvent } from './events.js';

/** A run that may be changed without changing this one. */
export const copyOf = (run: ClockRun): ClockRun => ({
  ...run,
  cycle: { ...run.cycle, signals: [...run.cycle.signals] },
  recorded: new Set(run.recorded),
  addedSteps: new Map(run.addedSteps),
});

/** Stops or ends a run with what the event says. */
export function finish(run: ClockRun, signal: ClockSignal, event: LoggedEvent): void {
  run.cycle.signals.push(signal);
  run.over = true;
  run.closed = event.type === 'closed' && signal.type === 'end';
  run.stoppedBy = event;
}
