import type { EventType, NewEvent } from '../events.js';
import { Refusal } from '../refusal.js';
import type { CaseState } from '../state.js';

const NOT_OFFERED = 'No hand-over is waiting for an answer.';

export const notOffered = ({ handOver }: CaseState): string | null => (handOver ? null : NOT_OFFERED);

/** The hand-over that waits for an answer. @throws Refusal when none does */
export function standing({ handOver }: CaseState): NonNullable<CaseState['handOver']> {
  if (!handOver) throw new Refusal('not_possible_now', NOT_OFFERED);
  return handOver;
}

/** What leaves nothing to hand over: another owner, or the end of the case. */
const OVERTAKES: readonly EventType[] = [
  'owner_assigned',
  'rejected',
  'referred',
  'declined',
  'merged',
  'withdrawn',
  'closed',
];

/** The lapse of a standing hand-over that these events overtake; nothing when it still stands. */
export function lapseBy(events: readonly NewEvent[], { handOver, ownerId }: CaseState): NewEvent[] {
  const overtaken = events.some(
    (event) => OVERTAKES.includes(event.type) && !(event.type === 'owner_assigned' && event.body.ownerId === ownerId),
  );
  if (!handOver || !overtaken) return [];
  return [{ type: 'hand_over_lapsed', body: { receiverId: handOver.to, ownerId: handOver.from } }];
}
