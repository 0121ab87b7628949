import { GENEVA } from '../../calendar/geneva.js';
import type { ClockPolicy, Party, PauseReason, Step } from '../clock-policy.js';

/** Pauses every clock of the process; `awaiting_state` is added where the policy says so. */
export const WHILE_RESTING: readonly PauseReason[] = ['suspended', 'dormant'];

/** At 75 % of the target. */
export const warn = (...to: Party[]): Step => ({ id: 'warn_75', kind: 'warning', at: { percent: 75 }, to });

/** In the morning, `workingDays` before (−), on, or after (+) the due date. */
export const remind = (workingDays: number, ...to: Party[]): Step => ({
  id: `remind_${workingDays}`,
  kind: 'reminder',
  at: { workingDays },
  to,
});

/** In the morning, `days` after the start. */
export const remindAfter = (days: number, ...to: Party[]): Step => ({
  id: `remind_day_${days}`,
  kind: 'reminder',
  at: { daysFromStart: days },
  to,
});

/** At the close of the working day that many after the deadline. */
export const escalate = (level: 1 | 2 | 3, workingDays: number): Step => ({
  id: `L${level}`,
  kind: 'escalation',
  at: { workingDays },
  to: [`L${level}`],
  level,
});

/** Fills in what most clocks share. */
export const clock = (
  policy: Partial<ClockPolicy> & Pick<ClockPolicy, 'name' | 'title' | 'stage' | 'startsOn' | 'stopsOn' | 'target'>,
): ClockPolicy => ({
  calendar: GENEVA.id,
  pausedBy: WHILE_RESTING,
  whenDue: 'breach',
  breachTo: [],
  steps: [],
  ...policy,
});
