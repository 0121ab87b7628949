import { readClock } from '../clock/clock.js';
import type { CaseRules } from './case-rules.js';
import { clockRuns } from './clock-runs.js';
import { DUE } from './clock-steps.js';
import type { LoggedEvent, NewEvent } from './events.js';
import { cycleKey } from './state.js';
import type { CaseState } from './state.js';

/**
 * Breaches that late-arriving proof has undone: a command that was received in time but recorded after the deadline
 * had fired (`sla.md` 2.4). The breach stays in the ledger; the rescission follows it.
 */
export function rescissions(log: readonly LoggedEvent[], state: CaseState, rules: CaseRules, now: number): NewEvent[] {
  if (!Object.values(state.breaches).includes('standing')) return [];
  return clockRuns(log, rules).flatMap((run): NewEvent[] => {
    const name = { clock: run.policy.name, subject: run.subject, cycle: run.number };
    if (state.breaches[cycleKey(name)] !== 'standing') return [];
    const reading = readClock(run.cycle, run.calendar, now);
    if (reading.breachedAt !== null) return [];
    const dueAt = reading.dueAt === null ? null : new Date(reading.dueAt).toISOString();
    return [{ type: 'breach_rescinded', body: { ...name, step: DUE, dueAt } }];
  });
}
