import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { Actor } from '#libs/domain/access/roles.js';

/** Any one of them is enough; `$value` stands for the value beside it. */
export type Condition = { sql: string; value?: string };

/** The `read` right of `can()` as conditions on case rows `c`, so that lists show exactly what a page would. */
export function readableBy({ roles, stateCode, organisationId, guestOf }: Actor): Condition[] {
  if (isCaseStaff(roles)) return [{ sql: 'TRUE' }];
  const readable: Condition[] = [];
  if (roles.includes('requester') && stateCode) readable.push({ sql: 'c.requesting_state = $value', value: stateCode });
  if (roles.includes('responder') && organisationId)
    readable.push({
      sql: 'c.id IN (SELECT case_id FROM case_participant WHERE organisation_id = $value::uuid)',
      value: organisationId,
    });
  if (guestOf) readable.push({ sql: 'c.id = $value::uuid', value: guestOf });
  if (roles.includes('observer')) readable.push({ sql: `(c.state->>'escalatedTo')::int >= 3` });
  return readable.length ? readable : NONE;
}

const NONE: Condition[] = [{ sql: 'FALSE' }];

/**
 * Cases whose clocks, and whose move it is, this person sees altogether: a responder sees its own clocks only, and must
 * not find out by a queue what it is not shown. Observers see what is late.
 */
export function clocksSeenBy(actor: Actor, late: boolean): Condition[] {
  const inside = actor.roles.filter((role) => role !== 'responder' && (late || role !== 'observer'));
  return readableBy({ ...actor, roles: inside });
}

/** Whether that is so of every case that they may read. */
export const seesEveryClock = ({ roles }: Actor): boolean =>
  isCaseStaff(roles) || !roles.some((role) => role === 'responder' || role === 'observer');

/** Cases of which this person sees who can be reached, and whom to call: those who work on cases, of every one. */
export const reachSeenBy = ({ roles }: Actor): Condition[] => (isCaseStaff(roles) ? [{ sql: 'TRUE' }] : NONE);
