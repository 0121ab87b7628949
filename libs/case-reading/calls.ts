import type { DataSource } from 'typeorm';
import { can } from '#libs/domain/access/can.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { callsDue, sideOf, STATE_SIDE } from '#libs/domain/case/contact-ladder.js';
import type { Side } from '#libs/domain/case/contact-ladder.js';
import type { CaseState } from '#libs/domain/case/state.js';

/** A side of a case that nobody can reach by mail, and that is to be called. Who of it is told by the case alone. */
export interface CallDue {
  side: 'requester' | 'responder';
  /** Null: the State. */
  organisation: { id: string; name: string } | null;
  /** Since when, ISO 8601; null where the log does not say. */
  since: string | null;
  /** Whether the reader owes it, and logs it: as owner, in the owner's place, or as lead. */
  yours: boolean;
}

interface Row {
  id: string;
  state: CaseState;
}
interface SaidRow {
  case_id: string;
  body: { party: 'requester' | 'responder'; organisationId: string | null };
  effective_at: Date;
  name: string | null;
}

/** Whom to call on each of these cases, by its id, the State first; none to whoever does not see on the case who can be reached. */
export async function callsOf(
  dataSource: DataSource,
  rows: readonly Row[],
  actor: Actor,
): Promise<ReadonlyMap<string, CallDue[]>> {
  const due = rows.flatMap(({ id, state }) => {
    const sides = relationsOf(actor, state).has('coordinator') ? callsDue(state) : [];
    return sides.length ? [{ id, sides, yours: can(actor, 'log-contact', state) }] : [];
  });
  if (!due.length) return new Map();
  const said = await dataSource.query<SaidRow[]>(
    `SELECT e.case_id, e.body, e.effective_at, o.name FROM case_event e
     LEFT JOIN organisation o ON o.id = (e.body->>'organisationId')::uuid
     WHERE e.case_id = ANY($1::uuid[]) AND e.type = 'call_due' ORDER BY e.version DESC`,
    [due.map(({ id }) => id)],
  );
  const calls = ({ id, sides, yours }: (typeof due)[number]) =>
    sides.map((side) => {
      const found = said.find(({ case_id, body }) => case_id === id && sideOf(body) === side);
      return { ...call(side, found), yours };
    });
  return new Map(due.map((one) => [one.id, calls(one)]));
}

function call(side: Side, said: SaidRow | undefined): Omit<CallDue, 'yours'> {
  const isState = side === STATE_SIDE;
  return {
    side: isState ? 'requester' : 'responder',
    organisation: isState ? null : { id: side, name: said?.name ?? '' },
    since: said?.effective_at.toISOString() ?? null,
  };
}
