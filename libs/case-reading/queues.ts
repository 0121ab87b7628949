import { REQUESTER_RUNGS, RESPONDER_RUNGS, STATE_SIDE } from '#libs/domain/case/contact-ladder.js';
import { ENDED } from '#libs/domain/case/stages.js';

const ENDINGS = ENDED.map((one) => `'${one}'`).join(', ');
const ACCEPTED = `SELECT offer->>'organisationId' FROM jsonb_each(c.state->'offers') AS o(id, offer) WHERE offer->>'status' = 'accepted'`;

/** A side has no contact left to write to, and still has a part in the case: `callsDue` as a condition. */
const TO_CALL = `coalesce(c.side_state, '') NOT IN (${ENDINGS}) AND EXISTS (
  SELECT FROM jsonb_each(c.state->'unreached') AS u(side, rungs)
  WHERE CASE WHEN side = '${STATE_SIDE}' THEN jsonb_array_length(rungs) >= ${REQUESTER_RUNGS.length}
    ELSE jsonb_array_length(rungs) >= ${RESPONDER_RUNGS.length} AND (side IN (${ACCEPTED}) OR (NOT EXISTS (${ACCEPTED})
      AND c.state->'invitations'->>side IN ('invited', 'interested', 'question', 'offered'))) END)`;

/** An offer to hand the case over waits for this person's answer. */
const HANDED_TO_ME = `(c.state->'handOver'->>'to')::uuid = $me`;

/** The coordinators' queues: names of `api.md`, and which cases stand in each. `$now`, `$me` and `$us` (me, and whose place I take) are filled in by the list. */
export const QUEUES = {
  unacknowledged: `c.stage = 'submitted' AND c.side_state IS NULL`,
  unowned: `c.owner_id IS NULL AND c.stage <> 'closed' AND NOT c.ended`,
  mine: `(c.owner_id = ANY($us) OR ${HANDED_TO_ME}) AND c.stage <> 'closed' AND NOT c.ended`,
  handed_to_me: HANDED_TO_ME,
  due_soon: `c.soon_at <= $now AND c.nearest_due_at > $now`,
  breached: `c.nearest_due_at <= $now`,
  paused: `c.paused`,
  awaiting_state: `c.awaiting = 'state'`,
  awaiting_responder: `c.awaiting = 'responder'`,
  to_call: TO_CALL,
  unmatched: `c.stage = 'unmatched'`,
  all: `TRUE`,
} as const;

/** Queues that tell how clocks stand, or whose move it is; `late`: something that observers see as well. */
export const OF_CLOCKS: Partial<Record<Queue, 'late' | 'any'>> = {
  due_soon: 'any',
  breached: 'late',
  paused: 'any',
  awaiting_state: 'any',
  awaiting_responder: 'any',
};

/** Queues of those who work on cases alone: whoever cannot be reached is told nothing of that, nor is anybody else. */
export const OF_STAFF: readonly Queue[] = ['to_call'];

export type Queue = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as Queue[];
