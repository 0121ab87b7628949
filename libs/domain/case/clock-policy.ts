import type { RetargetRule } from '../clock/retarget.js';
import type { Target } from '../clock/target.js';
import type { EventType } from './events.js';
import type { ConditionName, DateName, SubjectsName } from './policy-terms.js';
import type { Stage } from './stages.js';
import type { Priority } from './state.js';

/** Who hears of a clock: the two sides, the receiver of a hand-over, or a rung of the ladder (L0 owner or pool, L1 lead, L2 ISU, L3 President). */
export const PARTIES = ['requester', 'responder', 'receiver', 'L0', 'L1', 'L2', 'L3'] as const;
export type Party = (typeof PARTIES)[number];

export const PAUSE_REASONS = ['suspended', 'dormant', 'awaiting_state'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** When a step falls due, on the clock's own calendar. Working days count from the deadline, days from the start. */
export type StepTime =
  | { percent: number }
  /** So much open time before the deadline, an ISO 8601 duration without days: `PT4H`. */
  | { openBefore: string }
  | { workingDays: number }
  /** So much open time after the deadline, while the clock is late: for escalations. */
  | { openAfter: string }
  | { daysFromStart: number };

export const STEP_KINDS = ['warning', 'reminder', 'escalation'] as const;

export interface Step {
  /** Unique within the clock; part of the mail ledger's key. */
  id: string;
  kind: (typeof STEP_KINDS)[number];
  at: StepTime;
  to: readonly Party[];
  level?: 1 | 2 | 3;
}

/** What happens at the deadline. A heartbeat is never breached: a national process is sovereign. */
export const WHEN_DUE = ['breach', 'heartbeat_missed', 'became_dormant', 'became_unmatched'] as const;
export type WhenDue = (typeof WHEN_DUE)[number];

/** The lifecycle row that a clock belongs to; `suspended` is the one side state that has a clock. */
export type ClockStage = Stage | 'suspended';

/** A promise as people say it, or a date that the case itself names. */
export type PolicyTarget = Target | { date: DateName };

/** What a reopened case's next cycle has used already: what the one before had, or nothing (sla.md 2.1). */
export const ON_REOPENING = ['resume', 'restart'] as const;

/** One promise: when it starts and stops, how long it may take, who hears about it. Plain JSON. */
export interface ClockPolicy {
  name: string;
  title: string;
  stage: ClockStage;
  /** Id of a working calendar, or `requesting_state` for that of the State that asks, where it has one. */
  calendar: string;
  startsOn: readonly EventType[];
  /** Only then, as the case stands right before the event. */
  startsIf?: ConditionName;
  stopsOn: readonly EventType[];
  /** End the clock without a verdict. */
  endsOn?: readonly EventType[];
  /** One cycle per subject (organisation, offer, milestone, …) that the event names; default: one. */
  subjects?: SubjectsName;
  target: PolicyTarget;
  /** Other targets for cases of these priorities. */
  byPriority?: Partial<Record<Priority, Target>>;
  /** How a change of priority or policy treats the time already used; default: it counts (sla.md 2.5). */
  onChange?: RetargetRule;
  onReopening?: (typeof ON_REOPENING)[number];
  /** A deadline on closing time may still be met until the next opening (sla.md 2.4 D1). */
  graceUntil?: 'next_open';
  pausedBy: readonly PauseReason[];
  /** The next cycle starts when one stops. */
  rearms?: boolean;
  whenDue: WhenDue;
  /** Who is told of the breach at once. */
  breachTo: readonly Party[];
  steps: readonly Step[];
}
