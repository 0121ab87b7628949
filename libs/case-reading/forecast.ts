import type { DataSource } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import { visibleFields } from '#libs/domain/access/visible-fields.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { historyOf } from '#libs/domain/calendar/calendar-book.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { instantAfterOpen } from '#libs/domain/calendar/open-time.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { fold } from '#libs/domain/case/evolve.js';
import { foresee } from '#libs/domain/case/forecast.js';
import type { ForeseenEvent } from '#libs/domain/case/forecast.js';
import { clocksOf } from '#libs/domain/case/policy-book.js';
import { streamCases } from './case-stream.js';
import type { StreamedCase } from './case-stream.js';
import { maySeeClock } from './clock-views.js';
import { readableBy } from './readable-by.js';
import { subjectNames } from './subject-names.js';

/** Open hours ahead that a forecast may reach. */
export const FARTHEST_HOURS = 400;
export const USUAL_HOURS = 40;

/** Something that a clock will record if nobody acts. */
export interface ForecastItem {
  reference: string;
  state: string;
  stateName: string;
  stateTimezone: string;
  owner: { id: string; name: string } | null;
  clock: string;
  title: string;
  subjectName: string;
  cycle: number;
  event: ForeseenEvent['type'];
  /** Of an escalation. */
  level: number | null;
  /** When it happens. */
  at: string;
  /** The deadline that it follows from. */
  dueAt: string | null;
}

export interface Forecast {
  from: string;
  /** When so many hours have been open on the calendar of Geneva. */
  until: string;
  hours: number;
  items: ForecastItem[];
}

export interface ForecastQuery {
  /** Open hours ahead, on the calendar of Geneva. */
  hours: number;
  /** Who asks: only what they may read is looked at. Null for whoever runs the deployment. */
  actor: Actor | null;
  signal?: AbortSignal;
}

/** What will be late within so many open hours if nobody acts, nearest first (sla.md 4.12). */
export async function readForecast(
  { manager }: DataSource,
  { hours, actor, signal }: ForecastQuery,
): Promise<Forecast> {
  const rules = await readRules(manager);
  const now = await productNow(manager);
  const until = instantAfterOpen(historyOf(rules.calendars, GENEVA.id, ''), now, hours * 3_600_000);
  const nameOf = await subjectNames(manager);
  const items: ForecastItem[] = [];
  // Nothing happens by itself on any other case until then.
  const where = [{ sql: 'c.next_wake_at <= $value::timestamptz', value: new Date(until).toISOString() }];
  for await (const one of streamCases(manager, { where, anyOf: actor ? readableBy(actor) : [], signal }))
    for (const event of foresee(one.log, rules, until))
      if (!actor || maySee(event, one, actor))
        items.push(itemOf(event, one, rules, namesOthers(one, actor, now) ? nameOf(event.body, one.log) : ''));
  items.sort((a, b) => a.at.localeCompare(b.at) || a.reference.localeCompare(b.reference));
  return { from: new Date(now).toISOString(), until: new Date(until).toISOString(), hours, items };
}

function maySee({ body }: ForeseenEvent, { log }: StreamedCase, actor: Actor): boolean {
  const state = fold(log);
  return maySeeClock(body, state, actor, relationsOf(actor, state));
}

/** Observers are not told which responder or milestone it is about. */
const namesOthers = ({ log }: StreamedCase, actor: Actor | null, now: number): boolean =>
  actor === null || visibleFields(actor, fold(log), now).has('participants');

function itemOf(event: ForeseenEvent, one: StreamedCase, rules: CaseRules, subjectName: string): ForecastItem {
  const { type, body, effectiveAt } = event;
  const policies = clocksOf(rules.policies, fold(one.log).policyVersion);
  return {
    reference: one.reference,
    state: one.requestingState,
    stateName: one.stateName,
    stateTimezone: one.stateTimezone,
    owner: one.ownerId ? { id: one.ownerId, name: one.ownerName ?? '' } : null,
    clock: body.clock,
    title: policies.find(({ name }) => name === body.clock)?.title ?? body.clock,
    subjectName,
    cycle: body.cycle,
    event: type,
    level: type === 'clock_escalated' ? event.body.level : null,
    at: new Date(effectiveAt).toISOString(),
    dueAt: body.dueAt,
  };
}
