import { setImmediate as turn } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { toLogged } from '#libs/case-store/event-log.js';
import type { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import type { LoggedEvent } from '#libs/domain/case/events.js';
import type { Condition } from './readable-by.js';

/** A case with its log, and what a list shows of it. */
export interface StreamedCase {
  id: string;
  reference: string;
  requestingState: string;
  stateName: string;
  stateTimezone: string;
  ownerId: string | null;
  ownerName: string | null;
  log: LoggedEvent[];
}

export interface StreamOptions {
  /** Cases `c` for which any of these holds; all when left out. */
  anyOf?: readonly Condition[];
  /** Further conditions on the case row `c`, each of which must hold. */
  where?: readonly Condition[];
  /** Stops between two cases, with the signal's reason. */
  signal?: AbortSignal | undefined;
}

interface Row {
  id: string;
  reference: string;
  requesting_state: string;
  state_name: string | null;
  timezone: string | null;
  owner_id: string | null;
  owner_name: string | null;
  events: [number, string, number, number, string | null, Record<string, unknown>][];
}

/** So many cases are in memory at a time. */
const BATCH = 100;

/** The process answers others in between, however long a case takes. */
const TURN_MS = 25;

/** Cases with their whole logs, by id, one query a batch. Computing on them in the loop lets others have their turn. */
export async function* streamCases(manager: EntityManager, options: StreamOptions = {}): AsyncGenerator<StreamedCase> {
  const { sql, values } = conditionsOf(options);
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    options.signal?.throwIfAborted();
    const rows = await manager.query<Row[]>(batchQuery(sql), [after, ...values]);
    let since = Date.now();
    for (const row of rows) {
      yield streamed(row);
      if (Date.now() - since < TURN_MS) continue;
      await turn();
      options.signal?.throwIfAborted();
      since = Date.now();
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}

/** How many cases a stream with these options holds. */
export async function countCases(manager: EntityManager, options: StreamOptions = {}): Promise<number> {
  const { sql, values } = conditionsOf(options);
  const [row] = await manager.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM assistance_case c WHERE c.id > $1::uuid AND ${sql}`,
    ['00000000-0000-0000-0000-000000000000', ...values],
  );
  return row?.n ?? 0;
}

/** A log as one JSON value: parsed several times as fast as a row for each event. */
const batchQuery = (where: string): string => `
  SELECT c.id, c.reference, c.requesting_state, s.name AS state_name, s.timezone, c.owner_id, p.name AS owner_name,
    (SELECT json_agg(json_build_array(e.version, e.type, (extract(epoch FROM e.effective_at) * 1000)::bigint,
      (extract(epoch FROM e.recorded_at) * 1000)::bigint, e.actor_id, e.body) ORDER BY e.version)
     FROM case_event e WHERE e.case_id = c.id) AS events
  FROM assistance_case c LEFT JOIN state s ON s.code = c.requesting_state LEFT JOIN person p ON p.id = c.owner_id
  WHERE c.id > $1::uuid AND ${where} ORDER BY c.id LIMIT ${BATCH}`;

/** $1 is the last id of the batch before. */
function conditionsOf({ anyOf = [], where = [] }: StreamOptions): { sql: string; values: string[] } {
  const values: string[] = [];
  const filled = ({ sql, value }: Condition): string => {
    if (value === undefined) return sql;
    values.push(value);
    return sql.replaceAll('$value', `$${values.length + 1}::text`);
  };
  const any = anyOf.map(filled);
  const all = [...where.map((one) => `(${filled(one)})`), ...(any.length ? [`(${any.join(' OR ')})`] : [])];
  return { sql: all.join(' AND ') || 'TRUE', values };
}

function streamed(row: Row): StreamedCase {
  return {
    id: row.id,
    reference: row.reference,
    requestingState: row.requesting_state,
    stateName: row.state_name ?? row.requesting_state,
    stateTimezone: row.timezone ?? 'Europe/Zurich',
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    log: (row.events ?? []).map(([version, type, effectiveAt, recordedAt, actorId, body]) =>
      toLogged({
        caseId: row.id,
        version,
        type,
        effectiveAt: new Date(effectiveAt),
        recordedAt: new Date(recordedAt),
        actorId,
        body,
      } as CaseEvent),
    ),
  };
}
