import type { CaseRules } from './case-rules.js';
import type { EventType, LoggedEvent } from './events.js';
import { advance, fold } from './evolve.js';
import { nextDue } from './wake.js';

/** What somebody should know of before it happens: deadlines missed, and what follows from that. */
export const FORESEEN = [
  'clock_breached',
  'clock_escalated',
  'heartbeat_missed',
  'became_dormant',
  'became_unmatched',
] as const satisfies readonly EventType[];
export type ForeseenEvent = LoggedEvent & { type: (typeof FORESEEN)[number] };

/** More than any case does by itself between two acts of a person. */
const MOST_STEPS = 1_000;

/**
 * What the clocks of a case will record up to an instant (epoch ms) if nobody acts: the function that wakes cases, run
 * forward (sla.md 4.12).
 */
export function foresee(log: readonly LoggedEvent[], rules: CaseRules, until: number): ForeseenEvent[] {
  const lived = [...log];
  let state = fold(log);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const due = nextDue(lived, state, rules, until);
    if (!due) break;
    for (const event of due.events) {
      const version = lived.length + 1;
      const next: LoggedEvent = { ...event, version, effectiveAt: due.at, recordedAt: due.at, actorId: null };
      lived.push(next);
      state = advance(state, next);
    }
  }
  return lived.slice(log.length).filter(isForeseen);
}

const isForeseen = (event: LoggedEvent): event is ForeseenEvent => (FORESEEN as readonly string[]).includes(event.type);
