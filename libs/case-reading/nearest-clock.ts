import type { Relation } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { cycleKey } from '#libs/domain/case/state.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { maySeeClock } from './clock-views.js';

/** A clock of a case that runs towards a date. Instants are ISO 8601. */
export interface OpenClock {
  name: string;
  subject: string;
  cycle: number;
  dueAt: string;
  soonAt: string | null;
}

/** The running clocks of the case row `c` that have a date, as one JSON value. */
export const OPEN_CLOCKS = `(SELECT coalesce(json_agg(json_build_object('name', k.name, 'subject', k.subject,
  'cycle', k.cycle, 'dueAt', k.due_at, 'soonAt', k.soon_at) ORDER BY k.due_at), '[]')
  FROM case_clock k WHERE k.case_id = c.id AND k.stopped_at IS NULL AND k.due_at IS NOT NULL)`;

interface Row {
  nearest_due_at: Date | null;
  nearest_clock: string | null;
  soon_at: Date | null;
  state: CaseState;
  open_clocks: OpenClock[];
}

/** The clock of the case whose deadline comes first; empty when none runs. */
export function rowClock({ nearest_due_at, nearest_clock, soon_at }: Row): OpenClock[] {
  if (!nearest_due_at || !nearest_clock) return [];
  const soonAt = soon_at?.toISOString() ?? null;
  return [{ name: nearest_clock, subject: '', cycle: 1, dueAt: nearest_due_at.toISOString(), soonAt }];
}

/** The running clocks that this person may see, nearest first: a list tells nobody of the offers and questions of others. */
export const visibleClocks = (
  { open_clocks, state }: Row,
  actor: Actor,
  relations: ReadonlySet<Relation>,
): OpenClock[] =>
  open_clocks.filter(
    ({ name: clock, subject, cycle }) =>
      maySeeClock({ clock, subject }, state, actor, relations) &&
      state.breaches[cycleKey({ clock, subject, cycle })] !== 'excused',
  );
