import type { DataSource } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import { visibleFields } from '#libs/domain/access/visible-fields.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { historyOf } from '#libs/domain/calendar/calendar-book.js';
import { openMsBetween } from '#libs/domain/calendar/open-time.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { clocksOf, DELIVERED_VERSION } from '#libs/domain/case/policy-book.js';
import { moveOf } from '#libs/domain/case/awaiting.js';
import { ownPart } from '#libs/domain/case/own-part.js';
import { nextStep } from '#libs/domain/case/next-step.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { callsOf } from './calls.js';
import type { CallDue } from './calls.js';
import { daysLeft } from './days-left.js';
import { Conditions } from './list-conditions.js';
import { OPEN_CLOCKS, rowClock, visibleClocks } from './nearest-clock.js';
import type { OpenClock } from './nearest-clock.js';
import { seesEveryClock } from './readable-by.js';
import { QUEUE_NAMES } from './queues.js';
import type { Queue } from './queues.js';

export interface CaseFilter {
  queue?: Queue;
  stage?: string;
  /** Person id. */
  owner?: string;
  /** Alpha-3 code. */
  state?: string;
  /** Part of a reference or of a State's name. */
  q?: string;
  limit?: number;
  cursor?: string;
}

export interface CaseListItem {
  reference: string;
  version: number;
  stage: CaseState['stage'];
  sideState: CaseState['sideState'];
  priority: CaseState['priority'];
  owner: { id: string; name: string } | null;
  state: string;
  stateName: string;
  openedAt: string;
  touchedAt: string;
  awaiting: string | null;
  nextStep: string | null;
  needTypes: string[];
  /** The clock whose deadline comes first; null when none runs. */
  nearest: {
    name: string;
    title: string;
    dueAt: string;
    openSecondsLeft: number;
    daysLeft: number | null;
    near: boolean;
  } | null;
  paused: boolean;
  /** Offered to the viewer, who is to accept or reject it. */
  handedToYou: boolean;
  /** Whom to call, since mail reaches nobody of them; empty for whoever does not see who can be reached. */
  calls: CallDue[];
  /** Where the viewer's own organisation stands, for responders. */
  invitation: string | null;
}

interface Row {
  id: string;
  reference: string;
  version: number;
  stage: CaseState['stage'];
  side_state: CaseState['sideState'];
  priority: CaseState['priority'];
  owner_id: string | null;
  owner_name: string | null;
  requesting_state: string;
  state_name: string | null;
  opened_at: Date;
  touched_at: Date;
  awaiting: string | null;
  nearest_due_at: Date | null;
  nearest_clock: string | null;
  soon_at: Date | null;
  paused: boolean;
  state: CaseState;
  open_clocks: OpenClock[];
}

const DEFAULT_LIMIT = 50;
const BY_DEADLINE = `coalesce(c.nearest_due_at, 'infinity'::timestamptz)`;
/** Whoever does not see every clock learns no deadline from the order, nor from a cursor. */
const BY_AGE = 'c.opened_at';

/**
 * The lists of cases, least time left first, cases without a running clock last. One query a page, and one more where somebody is to be called. They show, sort by and
 * search only what everybody who may read a case may know of it: no list is written into the access log.
 */
export class CaseList {
  constructor(private readonly dataSource: DataSource) {}

  async page(filter: CaseFilter, actor: Actor): Promise<{ items: CaseListItem[]; next: string | null }> {
    const now = await productNow(this.dataSource.manager);
    const limit = filter.limit ?? DEFAULT_LIMIT;
    const query = new Conditions(actor, now);
    query.inQueue(filter.queue ?? 'all');
    const sortKey = seesEveryClock(actor) ? BY_DEADLINE : BY_AGE;
    if (filter.stage) query.where('c.stage = $value', filter.stage);
    if (filter.owner) query.where('c.owner_id::text = $value', filter.owner);
    if (filter.state) query.where('c.requesting_state = $value', filter.state);
    if (filter.q) query.where(`(c.reference ILIKE $value OR s.name ILIKE $value)`, `%${escapeLike(filter.q)}%`);
    if (filter.cursor)
      query.where(
        `(${sortKey}, c.id) > (split_part($value, '/', 1)::timestamptz, split_part($value, '/', 2)::uuid)`,
        readCursor(filter.cursor),
      );
    const rows = await this.dataSource.query<Row[]>(
      `SELECT c.*, s.name AS state_name, p.name AS owner_name, ${isCaseStaff(actor.roles) ? `'[]'::json` : OPEN_CLOCKS} AS open_clocks FROM assistance_case c
       LEFT JOIN state s ON s.code = c.requesting_state LEFT JOIN person p ON p.id = c.owner_id
       WHERE ${query.sql} ORDER BY ${sortKey}, c.id LIMIT ${limit + 1}`,
      query.values,
    );
    const rules = await readRules(this.dataSource.manager);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const calls = await callsOf(this.dataSource, shown, actor);
    return {
      items: shown.map((row) => ({ ...item(row, actor, rules, now), calls: calls.get(row.id) ?? [] })),
      next: last ? writeCursor(last, sortKey === BY_AGE) : null,
    };
  }

  /** How many cases stand in each queue, for this person. */
  async counts(actor: Actor): Promise<Record<Queue, number>> {
    const query = new Conditions(actor, await productNow(this.dataSource.manager));
    const columns = QUEUE_NAMES.map((name) => `count(*) FILTER (WHERE ${query.queue(name)})::int AS ${name}`);
    const [row] = await this.dataSource.query<Record<Queue, number>[]>(
      `SELECT ${columns.join(', ')} FROM assistance_case c WHERE ${query.sql}`,
      query.values,
    );
    return row ?? (Object.fromEntries(QUEUE_NAMES.map((name) => [name, 0])) as Record<Queue, number>);
  }
}

function item(row: Row, actor: Actor, rules: CaseRules, now: number): Omit<CaseListItem, 'calls'> {
  const { state } = row;
  const relations = relationsOf(actor, state);
  const groups = visibleFields(actor, state, now);
  const own = actor.organisationId ?? '';
  const inside = relations.has('coordinator') || relations.has('requester');
  const clocks = relations.has('coordinator') ? rowClock(row) : visibleClocks(row, actor, relations);
  return {
    reference: row.reference,
    version: row.version,
    stage: row.stage,
    sideState: row.side_state,
    priority: row.priority,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    state: row.requesting_state,
    stateName: row.state_name ?? row.requesting_state,
    openedAt: row.opened_at.toISOString(),
    touchedAt: row.touched_at.toISOString(),
    // A responder would learn from these of the offers and questions of others.
    awaiting: relations.has('coordinator')
      ? row.awaiting
      : moveOf(groups.has('every_offer') ? state : ownPart(state, own)),
    nextStep: relations.has('coordinator') ? nextStep(state) : null,
    needTypes: groups.has('participants') ? state.needTypes : [],
    nearest: nearestClock(row, clocks, rules, now),
    paused: inside ? row.paused : state.sideState === 'suspended' || state.sideState === 'dormant',
    handedToYou: state.handOver?.to === actor.personId,
    invitation: state.invitations[own] ?? null,
  };
}

function nearestClock(
  row: Row,
  running: readonly OpenClock[],
  { policies, calendars }: CaseRules,
  now: number,
): CaseListItem['nearest'] {
  // Rows from before policies had versions run on the first.
  const clocks = clocksOf(policies, row.state.policyVersion ?? DELIVERED_VERSION);
  const policyOf = ({ name }: OpenClock) => clocks.find((one) => one.name === name && one.whenDue === 'breach');
  const clock = running.find((one) => policyOf(one));
  const policy = clock && policyOf(clock);
  if (!policy) return null;
  const due = Date.parse(clock.dueAt);
  const calendar = historyOf(calendars, policy.calendar, row.requesting_state);
  const openMsLeft = due >= now ? openMsBetween(calendar, now, due) : -openMsBetween(calendar, due, now);
  return {
    name: policy.name,
    title: policy.title,
    dueAt: new Date(due).toISOString(),
    openSecondsLeft: openMsLeft / 1000,
    daysLeft: daysLeft(policy.target, calendar, due, now),
    near: clock.soonAt !== null && Date.parse(clock.soonAt) <= now,
  };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const writeCursor = ({ nearest_due_at, opened_at, id }: Row, byAge: boolean): string =>
  Buffer.from(`${(byAge ? opened_at : nearest_due_at)?.toISOString() ?? 'infinity'}/${id}`).toString('base64url');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

/** @throws InvalidCursor for anything that was not given out as `next` */
function readCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [instant = '', id = '', ...more] = text.split('/');
  if (more.length || !UUID.test(id) || !(instant === 'infinity' || isInstant(instant))) throw new InvalidCursor();
  return text;
}

export class InvalidCursor extends Error {
  override name = 'InvalidCursor';

  constructor() {
    super('is not one that a list has given out');
  }
}
