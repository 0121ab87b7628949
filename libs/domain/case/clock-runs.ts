import type { CalendarHistory } from '../calendar/calendar.js';
import type { ClockCycle, ClockSignal } from '../clock/clock.js';
import type { Target } from '../clock/target.js';
import type { CaseRules } from './case-rules.js';
import type { ClockPolicy } from './clock-policy.js';
import { ClockScan } from './clock-scan.js';
import type { LoggedEvent } from './events.js';

/** Steps are told once for each target that a cycle has had (sla.md 2.7). */
export interface TargetEpoch {
  /** 1 from the start of the cycle. */
  number: number;
  /** Instant of the change (epoch ms); the start of the cycle for the first. */
  from: number;
  /** The target became smaller: what it has left behind is told at the change; otherwise it counts as told. */
  tightened: boolean;
}

/** One cycle of one clock of a case, derived from the log; `cycle` is what the clock engine computes with. */
export interface ClockRun {
  policy: ClockPolicy;
  policyVersion: number;
  subject: string;
  number: number;
  target: Target;
  calendar: CalendarHistory;
  cycle: ClockCycle & { signals: ClockSignal[] };
  epoch: TargetEpoch;
  startedBy: LoggedEvent;
  /** A stop or an end has been seen. */
  over: boolean;
  /** Cut short by the closure of the case: a reopening takes it up again. */
  closed: boolean;
  /** Steps of this epoch that have been recorded, by id; `due` is the deadline itself. */
  recorded: Set<string>;
  /** Steps that a version of the policy has added to the running cycle, by id, with the instant of that. */
  addedSteps: Map<string, number>;
  stoppedBy: LoggedEvent | null;
  /** A responder has asked for time: before this instant (epoch ms) it is not reminded. */
  remindFrom: number | null;
}

/** Every clock run of a case, from its log and the rules alone: same log, same runs. */
export const clockRuns = (log: readonly LoggedEvent[], rules: CaseRules): ClockRun[] => scanOf(log, rules).runs;

/** A scan that has read the whole log and can go on from there. */
export const scanOf = (log: readonly LoggedEvent[], rules: CaseRules): ClockScan =>
  inOrderOfEffect(log).reduce((scan, event) => scan.take(event), new ClockScan(rules));

/** A command that was received earlier but recorded later takes effect when it was received. */
const inOrderOfEffect = (log: readonly LoggedEvent[]): LoggedEvent[] =>
  [...log].sort((a, b) => a.effectiveAt - b.effectiveAt || a.version - b.version);
