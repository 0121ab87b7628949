import type { EntityManager } from 'typeorm';
import type { EventType } from '#libs/domain/case/events.js';

/** What clocks do by themselves, as figures speak of it. */
export const LAG_KINDS = ['warning', 'reminder', 'breach', 'escalation', 'turn'] as const;
export type LagKind = (typeof LAG_KINDS)[number];

/** A rescission is left out: it takes effect when it is recorded. */
const KIND_OF: Partial<Record<EventType, LagKind>> = {
  clock_warned: 'warning',
  reminder_due: 'reminder',
  clock_breached: 'breach',
  clock_escalated: 'escalation',
  heartbeat_missed: 'turn',
  became_dormant: 'turn',
  became_unmatched: 'turn',
};

/** How long after they fell due steps were recorded (sla.md 2.8); seconds, null when there were none. */
export interface DetectionLag {
  count: number;
  p50: number | null;
  p99: number | null;
  longest: number | null;
}

/** Of one kind each, and `all` of them together. */
export type DetectionLags = Record<LagKind | 'all', DetectionLag>;

// Nobody can see a deadline of a request on paper before it is entered, however long before that the paper came.
const LAGS = `SELECT coalesce(kind, 'all') AS kind, count(*)::int AS count,
    percentile_disc(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY lag) AS lags
  FROM (SELECT $3::jsonb ->> event.type AS kind,
      extract(epoch FROM event.recorded_at - greatest(event.effective_at, opened.recorded_at))::float AS lag
    FROM case_event event JOIN case_event opened ON opened.case_id = event.case_id AND opened.version = 1
    WHERE event.actor_id IS NULL AND event.recorded_at > $1 AND event.recorded_at <= $2
      AND $3::jsonb ? event.type) detected
  GROUP BY GROUPING SETS ((kind), ())`;

const NONE: DetectionLag = { count: 0, p50: null, p99: null, longest: null };

/** The lag of every step recorded in a span of the deployment's time (epoch ms), by nearest rank, from the log. */
export async function detectionLags(manager: EntityManager, from: number, to: number): Promise<DetectionLags> {
  const rows = await manager.query<{ kind: LagKind | 'all'; count: number; lags: number[] | null }[]>(LAGS, [
    new Date(from),
    new Date(to),
    JSON.stringify(KIND_OF),
  ]);
  const seen = rows.map(({ kind, count, lags }) => {
    const [p50 = null, p99 = null, longest = null] = lags ?? [];
    return [kind, { count, p50, p99, longest }] as const;
  });
  const kinds = [...LAG_KINDS, 'all'] as const;
  return { ...(Object.fromEntries(kinds.map((kind) => [kind, NONE])) as DetectionLags), ...Object.fromEntries(seen) };
}
