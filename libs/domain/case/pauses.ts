import type { PauseReason } from './clock-policy.js';
import type { LoggedEvent } from './events.js';

export interface PauseInForce {
  reason: PauseReason;
  since: number;
}

interface PauseSignal {
  at: number;
  type: 'pause' | 'resume';
  reason: PauseReason;
}

/** Which pauses an event begins and ends (`sla.md` 2.3). */
const BEGINS: Partial<Record<LoggedEvent['type'], PauseReason>> = {
  suspended: 'suspended',
  returned: 'awaiting_state',
  became_dormant: 'dormant',
};
const ENDS: Partial<Record<LoggedEvent['type'], readonly PauseReason[]>> = {
  answered: ['awaiting_state', 'dormant'],
  resumed: ['suspended', 'dormant'],
  process_confirmed: ['dormant'],
  measure_adopted: ['dormant'],
};

/** The pauses in force after the event, and what running clocks must be told. */
export function pauseSignals(
  event: LoggedEvent,
  inForce: readonly PauseInForce[],
): { inForce: PauseInForce[]; signals: PauseSignal[] } {
  const at = event.effectiveAt;
  const ended = inForce.filter(({ reason }) => ENDS[event.type]?.includes(reason));
  const remaining = inForce.filter((pause) => !ended.includes(pause));
  const signals: PauseSignal[] = ended.map(({ reason }) => ({ at, type: 'resume', reason }));
  const reason = BEGINS[event.type];
  if (!reason || remaining.some((pause) => pause.reason === reason)) return { inForce: remaining, signals };
  return { inForce: [...remaining, { reason, since: at }], signals: [...signals, { at, type: 'pause', reason }] };
}
