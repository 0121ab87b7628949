/** The coordinators' queues: names of `api.md`, and which cases stand in each. `$now` and `$me` are filled in by the list. */
export const QUEUES = {
  unacknowledged: `c.stage = 'submitted' AND c.side_state IS NULL`,
  unowned: `c.owner_id IS NULL AND c.stage <> 'closed' AND NOT c.ended`,
  mine: `c.owner_id = $me AND c.stage <> 'closed' AND NOT c.ended`,
  due_soon: `c.soon_at <= $now AND c.nearest_due_at > $now`,
  breached: `c.nearest_due_at <= $now`,
  paused: `c.paused`,
  awaiting_state: `c.awaiting = 'state'`,
  awaiting_responder: `c.awaiting = 'responder'`,
  unmatched: `c.stage = 'unmatched'`,
  all: `TRUE`,
} as const;

export type Queue = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as Queue[];
