import { GENEVA } from '../calendar/geneva.js';
import { REQUESTING_STATE, stateCalendarId } from '../calendar/calendar-book.js';
import type { WorkingCalendar } from '../calendar/calendar.js';
import type { ZoneSource } from '../calendar/zone-source.js';
import { withZones } from '../calendar/zone.js';
import type { CaseRules } from './case-rules.js';
import type { ClockPolicy } from './clock-policy.js';
import { clockRuns } from './clock-runs.js';
import type { ClockRun } from './clock-runs.js';
import { cyclesOf, differences } from './clock-standing.js';
import type { CycleChange } from './clock-standing.js';
import type { LoggedEvent } from './events.js';
import { fold } from './evolve.js';
import { ENDED } from './stages.js';

/** A rule that is not published: every clock of a policy, or one calendar as a whole. */
export type DraftRule = { clocks: readonly ClockPolicy[] } | { calendar: WorkingCalendar };

/**
 * `always`: had the draft been in force since the beginning of time, over past and open cases. `from_now`: what
 * publishing the calendar now, or applying the policy to every open case now, would move (sla.md 2.5, 2.6, 4.2).
 */
export const QUESTIONS = ['always', 'from_now'] as const;
export type Question = (typeof QUESTIONS)[number];

/** A draft beside the rules in force, made once for all cases: the engine remembers days by the calendar object. */
export interface WhatIf {
  draft: DraftRule;
  question: Question;
  now: number;
  before: CaseRules;
  after: CaseRules;
}

/** Sets a draft beside the rules in force; `now` is an instant (epoch ms). */
export function whatIf(before: CaseRules, draft: DraftRule, question: Question, now: number): WhatIf {
  const after = question === 'always' ? asIfAlways(before, draft) : asFromNow(before, draft, now);
  return { draft, question, now, before, after };
}

function asIfAlways({ policies, calendars }: CaseRules, draft: DraftRule): CaseRules {
  if ('clocks' in draft) return { calendars, policies: policies.map((one) => ({ ...one, clocks: draft.clocks })) };
  const { calendar } = draft;
  return { policies, calendars: new Map(calendars).set(calendar.id, [{ from: -Infinity, calendar }]) };
}

function asFromNow({ policies, calendars }: CaseRules, draft: DraftRule, now: number): CaseRules {
  if ('clocks' in draft)
    return { calendars, policies: [...policies, { ...draft, version: nextVersion(policies), from: now }] };
  const { calendar } = draft;
  const published = calendars.get(calendar.id) ?? [];
  return { policies, calendars: new Map(calendars).set(calendar.id, [...published, { from: now, calendar }]) };
}

const nextVersion = (policies: CaseRules['policies']): number => (policies.at(-1)?.version ?? 0) + 1;

/**
 * Every clock cycle of a case that the draft would change, in the order in which they started. What people and clocks
 * have recorded stays as recorded; deadlines and verdicts are computed anew.
 */
export function changesOf(log: readonly LoggedEvent[], what: WhatIf): CycleChange[] {
  const { before, after, now, draft, question } = what;
  const all = clockRuns(log, before);
  // What is over stays as it was, whatever is published now (sla.md 2.6).
  const over = question === 'from_now' ? cyclesOf(all.filter((run) => run.over)) : new Map<string, ClockRun>();
  const runs = question === 'from_now' ? all.filter((run) => !run.over) : all;
  if (question === 'from_now' && !runs.length) return [];
  if ('calendar' in draft && !runs.some((run) => goesBy(run, draft.calendar.id, log))) return [];
  const applied = appliedTo(log, what);
  if (!applied) return [];
  const others = cyclesOf(clockRuns(applied, after));
  for (const key of over.keys()) others.delete(key);
  return differences(cyclesOf(runs), others, { now });
}

/** The log with the draft applied to the case; null where a policy cannot be: a case that is closed or has ended. */
function appliedTo(log: readonly LoggedEvent[], what: WhatIf): readonly LoggedEvent[] | null {
  if (what.question === 'always' || 'calendar' in what.draft) return log;
  const { stage, sideState, lastCommandAt } = fold(log);
  if (stage === 'closed' || (sideState !== null && ENDED.includes(sideState))) return null;
  const at = Math.max(what.now, lastCommandAt);
  const version = nextVersion(what.before.policies);
  const body = { version, reason: { plain: '' } };
  return [
    ...log,
    { type: 'policy_applied', body, version: log.length + 1, effectiveAt: at, recordedAt: at, actorId: '' },
  ];
}

/** Whether a cycle is counted on a calendar, or would be as soon as the calendar exists. */
function goesBy({ policy, calendar }: ClockRun, id: string, [opened]: readonly LoggedEvent[]): boolean {
  if (policy.calendar === id || calendar.some((version) => version.calendar.id === id)) return true;
  const state = opened?.type === 'opened' ? opened.body.requestingState : '';
  return policy.calendar === REQUESTING_STATE && [stateCalendarId(state), GENEVA.id].includes(id);
}

/** Every open cycle of a case whose deadline or verdict another release of the tz database would move (sla.md 2.6). */
export function changesUnderZones(
  log: readonly LoggedEvent[],
  rules: CaseRules,
  zones: ZoneSource,
  now: number,
): CycleChange[] {
  const open = () => cyclesOf(clockRuns(log, rules).filter(({ over }) => !over));
  const there = withZones(zones, open);
  return differences(open(), there, { now, zones });
}
