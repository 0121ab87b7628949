import type { Relation } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { FieldGroup } from '#libs/domain/access/visible-fields.js';
import { RULES, VERBS } from '#libs/domain/case/commands/index.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { WhenDue } from '#libs/domain/case/clock-policy.js';
import { HAND_OVER } from '#libs/domain/case/clocks/intake.js';
import { cycleKey } from '#libs/domain/case/state.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { readClock } from '#libs/domain/clock/clock.js';
import { firstDueAt } from '#libs/domain/clock/due-moves.js';
import { describeTarget } from '#libs/domain/clock/target.js';
import type { Target } from '#libs/domain/clock/target.js';
import type { CaseRecord } from './case-record.js';
import { daysLeft } from './days-left.js';
import type { Reach } from './reach.js';

export interface ClockView {
  name: string;
  title: string;
  /** Organisation, offer, milestone or question id. */
  subject?: string;
  /** Whom or what it is about, for people. */
  subjectName?: string;
  cycle: number;
  state: 'running' | 'paused' | 'met' | 'breached' | 'stopped';
  startedAt: string;
  dueAt: string | null;
  /** The deadline as it stood at the start; null when the clock began paused. */
  firstDueAt: string | null;
  /** Open seconds until the deadline; negative when late; null when the clock does not run. */
  openSecondsLeft: number | null;
  /** Civil days until the deadline, for a clock promised in days; negative when late; null for working time. */
  daysLeft: number | null;
  target: Target & { openSeconds: number; text: string };
  /** At most a quarter of the target is left. */
  near: boolean;
  stoppedAt: string | null;
  breachedAt: string | null;
  pausedSince: string | null;
  pauseReasons: string[];
  /** What the ledger says of a breach of this cycle. */
  breach: 'standing' | 'rescinded' | 'excused' | null;
  /** A sovereign process is asked after, never breached. */
  sovereign: boolean;
  /** What happens at the deadline. */
  whenDue: WhenDue;
  /** Steps that stop it, whoever may take them. */
  stoppedBy: Verb[];
}

const NEAR_SHARE = 0.25;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const seconds = (ms: number): number => ms / 1000;

/** The clocks of a case that this person may see, as of `at` (epoch ms); open ones first, nearest deadline first. */
export function clockViews(record: CaseRecord, actor: Actor, { relations, groups }: Reach, at: number): ClockView[] {
  return visibleRuns(record, actor, relations)
    .sort((a, b) => Number(a.over) - Number(b.over))
    .map((run) => clockView(run, record, at, groups))
    .sort((a, b) => rank(a) - rank(b) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
}

const rank = ({ stoppedAt }: ClockView): number => (stoppedAt === null ? 0 : 1);

/** The cycles of clocks that this person may see, as the log has them. */
export const visibleRuns = (record: CaseRecord, actor: Actor, relations: ReadonlySet<Relation>): ClockRun[] =>
  record.runs().filter((run) => maySeeRun(run, record.state, actor, relations));

/** One cycle of a clock as it stands at `at` (epoch ms). */
export function clockView(run: ClockRun, record: CaseRecord, at: number, groups: ReadonlySet<FieldGroup>): ClockView {
  const { policy, number: cycle, target } = run;
  const subject = namesSubject(run, groups) ? run.subject : '';
  const reading = readClock(run.cycle, run.calendar, at);
  const left = reading.openMsLeft;
  const subjectName = subject ? nameOfSubject(run, record) : undefined;
  return {
    name: policy.name,
    title: policy.title,
    ...(subject && { subject }),
    ...(subjectName && { subjectName }),
    cycle,
    state: reading.state,
    startedAt: new Date(run.cycle.startedAt).toISOString(),
    dueAt: iso(reading.dueAt),
    firstDueAt: iso(firstDueAt(run.cycle, run.calendar)),
    openSecondsLeft: left === null || run.over ? null : seconds(left),
    daysLeft: run.over ? null : daysLeft(target, run.calendar, reading.dueAt, at),
    target: { ...target, openSeconds: seconds(reading.targetMs), text: describeTarget(target) },
    near: left !== null && left >= 0 && left <= reading.targetMs * NEAR_SHARE,
    stoppedAt: iso(reading.stoppedAt),
    breachedAt: iso(reading.breachedAt),
    pausedSince: iso(reading.pausedSince),
    pauseReasons: reading.pauseReasons,
    breach: record.state.breaches[cycleKey({ clock: policy.name, subject: run.subject, cycle })] ?? null,
    sovereign: policy.whenDue !== 'breach',
    whenDue: policy.whenDue,
    stoppedBy: VERBS.filter((verb) => policy.stopsOn.includes(RULES[verb].records)),
  };
}

const OF_OTHERS: readonly ClockRun['policy']['subjects'][] = ['organisations', 'offers', 'questions', 'milestones'];

/** Observers are not told which responder, offer or milestone a late clock is about: none of that is for States Parties. */
export const namesSubject = ({ policy }: ClockRun, groups: ReadonlySet<FieldGroup>): boolean =>
  groups.has('participants') || !OF_OTHERS.includes(policy.subjects);

/** Whom or what a cycle is about, for people. */
export function nameOfSubject({ policy, subject }: ClockRun, { state, organisation, log, words }: CaseRecord) {
  switch (policy.subjects) {
    case 'organisations':
      return organisation(subject).name;
    case 'offers':
      return organisation(state.offers[subject]?.organisationId ?? '').name;
    case 'questions':
      return organisation(state.questions[subject]?.organisationId ?? '').name;
    case 'milestones': {
      const plan = log.findLast((event) => event.type === 'plan_agreed');
      const milestone = plan?.body.milestones.find(({ id }) => id === subject);
      return milestone ? (words(milestone.title) ?? undefined) : undefined;
    }
    case 'sides':
    case 'follow_ups':
    case undefined:
      return subject ? subject.replaceAll('_', ' ') : undefined;
  }
}

const OF_RESPONDERS = ['responder_update', 'milestone', 'plan', 'outcome_form'];

/** The same of a cycle as the log has it. */
export const maySeeRun = (
  { policy, subject }: ClockRun,
  state: CaseState,
  actor: Actor,
  relations: ReadonlySet<Relation>,
): boolean => maySeeClock({ clock: policy.name, subject }, state, actor, relations);

/** Responders see their own clocks only; observers see none but late ones. */
export function maySeeClock(
  { clock, subject }: { clock: string; subject: string },
  state: CaseState,
  actor: Actor,
  relations: ReadonlySet<Relation>,
): boolean {
  if (relations.has('coordinator')) return true;
  // Who among the coordinators looks after a case is their own affair until it is settled.
  if (clock === HAND_OVER) return false;
  if (relations.has('requester')) return true;
  const organisation = actor.organisationId ?? '';
  if (relations.has('invited_responder')) {
    if (clock === 'responder_answer') return subject === organisation;
    if (clock === 'offer_decision') return state.offers[subject]?.organisationId === organisation;
    return relations.has('accepted_responder') && OF_RESPONDERS.includes(clock) && subject !== 'requester';
  }
  return relations.has('observer') && Object.keys(state.breaches).some((key) => key.startsWith(`${clock}|`));
}
