import type { DataSource } from 'typeorm';
import { maySeeClock } from '#libs/case-reading/clock-views.js';
import { Conditions } from '#libs/case-reading/list-conditions.js';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { clocksOf, DELIVERED_VERSION } from '#libs/domain/case/policy-book.js';
import { cycleKey } from '#libs/domain/case/state.js';
import type { CaseState } from '#libs/domain/case/state.js';

/** A deadline of a case, as far as its calendar may say it: what a list of cases and a mail may say, and no more. */
export interface OwnDeadline {
  caseId: string;
  /** Of the case: it grows with everything that happens. */
  version: number;
  touchedAt: Date;
  reference: string;
  /** Of the requesting State; null where mails to this person do not name it. */
  stateName: string | null;
  clock: string;
  subject: string;
  cycle: number;
  /** English title of the clock. */
  title: string;
  dueAt: Date;
  /** Met, stopped or excused: nothing is due any more. */
  over: boolean;
}

interface Row {
  id: string;
  version: number;
  touched_at: Date;
  reference: string;
  state_name: string | null;
  state: CaseState;
  name: string;
  subject: string;
  cycle: number;
  due_at: Date;
  stopped_at: Date | null;
}

/** So long a deadline that is over stays in the calendar, marked as cancelled, so that every calendar takes notice. */
const OVER_DAYS = 30;
const MOST_DEADLINES = 1_000;

/** Cases that are somebody's own among those that they may read: they own them, ask in them, or are invited to them. */
const OWN = [
  'c.owner_id = ANY($us)',
  `(c.state->'handOver'->>'to')::uuid = $me`,
  `c.requesting_state = (SELECT o.state_code FROM person p JOIN organisation o ON o.id = p.organisation_id WHERE p.id = $me)`,
  'c.id IN (SELECT i.case_id FROM case_participant i JOIN person p ON p.organisation_id = i.organisation_id WHERE p.id = $me)',
].join(' OR ');

/** The deadlines of somebody's own cases that they may see, soonest first. No look at a case: nothing of it is told. */
export async function ownDeadlines(dataSource: DataSource, actor: Actor): Promise<OwnDeadline[]> {
  const now = await productNow(dataSource.manager);
  const query = new Conditions(actor, now);
  query.where(`(${OWN})`);
  query.where('k.due_at IS NOT NULL');
  query.where(
    '(k.stopped_at IS NULL OR k.stopped_at > $value::timestamptz)',
    new Date(now - OVER_DAYS * DAY_MS).toISOString(),
  );
  const rows = await dataSource.query<Row[]>(
    `SELECT c.id, c.version, c.touched_at, c.reference, c.state, s.name AS state_name,
       k.name, k.subject, k.cycle, k.due_at, k.stopped_at
     FROM assistance_case c JOIN case_clock k ON k.case_id = c.id LEFT JOIN state s ON s.code = c.requesting_state
     WHERE ${query.sql} ORDER BY k.stopped_at IS NOT NULL, k.due_at, c.id, k.name, k.subject, k.cycle LIMIT ${MOST_DEADLINES}`,
    query.values,
  );
  const { policies } = await readRules(dataSource.manager);
  return rows.flatMap((row) => {
    const { name: clock, subject, cycle, state } = row;
    const relations = relationsOf(actor, state);
    if (!maySeeClock({ clock, subject }, state, actor, relations)) return [];
    // Rows from before policies had versions run on the first.
    const policy = clocksOf(policies, state.policyVersion ?? DELIVERED_VERSION).find((one) => one.name === clock);
    const isExcused = state.breaches[cycleKey({ clock, subject, cycle })] === 'excused';
    return {
      ...{ caseId: row.id, version: row.version, touchedAt: row.touched_at, reference: row.reference },
      ...{ clock, subject, cycle, dueAt: row.due_at },
      title: policy?.title ?? clock.replaceAll('_', ' '),
      // A responder learns the State's name on the page, after signing in.
      stateName: relations.has('coordinator') || relations.has('requester') ? row.state_name : null,
      over: row.stopped_at !== null || isExcused,
    };
  });
}
