import { DUE } from '#libs/domain/case/clock-steps.js';
import type { PendingStep } from '#libs/domain/case/clock-steps.js';
import type { Party } from '#libs/domain/case/clock-policy.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { ClockStep, EventType, LoggedEvent } from '#libs/domain/case/events.js';
import { askedOf, sequenceOf } from '#libs/domain/case/notices.js';
import type { CaseRecord } from './case-record.js';
import type { Reach } from './reach.js';

const STEP_EVENTS: Partial<Record<EventType, ClockStepView['kind']>> = {
  clock_warned: 'warning',
  reminder_due: 'reminder',
  clock_escalated: 'escalation',
  clock_breached: 'breach',
  heartbeat_missed: 'heartbeat_missed',
  became_dormant: 'became_dormant',
  became_unmatched: 'became_unmatched',
};

/** A mail of the ledger that a step of a clock caused. */
export interface StepMail {
  sequence: string;
  /** Null: somebody of the State, whose address is not for the viewer. */
  to: string | null;
  dueAt: string;
  sentAt: string | null;
  state: string;
}

/** Something that a clock tells somebody: before its deadline, at it, or after it; done, or still to come. */
export interface ClockStepView {
  id: string;
  kind: 'warning' | 'reminder' | 'escalation' | PendingStep['what']['kind'];
  at: string;
  /** Share of the target, for warnings by percent. */
  percent: number | null;
  level: number | null;
  to: Party[];
  /** When it was recorded; null while it is ahead. */
  recordedAt: string | null;
  mails: Omit<StepMail, 'sequence'>[];
}

/**
 * What a cycle has told and will tell, oldest first, as far as the viewer hears of it; `pending` is of the whole case,
 * `mails` are those that the viewer may see.
 */
export function clockSteps(
  run: ClockRun,
  { log }: CaseRecord,
  reach: Reach,
  { pending, mails }: { pending: readonly PendingStep[]; mails: readonly StepMail[] },
): ClockStepView[] {
  const steps = [
    ...log.flatMap((event) => recorded(event, run, mails)),
    ...pending.filter((step) => step.run === run).map((step) => ahead(step, run)),
  ];
  return steps
    .map((step) => ({ ...step, to: step.to.filter(reach.hears) }))
    .filter(({ to, id }) => to.length || reach.all || id === DUE)
    .sort((a, b) => a.at.localeCompare(b.at));
}

const iso = (at: number): string => new Date(at).toISOString();

function recorded(event: LoggedEvent, run: ClockRun, mails: readonly StepMail[]): ClockStepView[] {
  const kind = STEP_EVENTS[event.type];
  if (!kind || !isStep(event.body)) return [];
  const { clock, subject, cycle, step: id } = event.body;
  if (clock !== run.policy.name || subject !== run.subject || cycle !== run.number) return [];
  const sequence = sequenceOf(event.body);
  const step = {
    id,
    kind,
    at: iso(event.effectiveAt),
    level: 'level' in event.body ? (event.body.level ?? null) : null,
    recordedAt: iso(event.recordedAt),
    mails: mails.filter((mail) => mail.sequence === sequence).map(({ sequence: _, ...mail }) => mail),
  };
  return [{ ...step, ...promised(id, run) }];
}

function ahead({ at, what }: PendingStep, run: ClockRun): ClockStepView {
  const level = 'level' in what ? (what.level ?? null) : null;
  return { id: what.id, kind: what.kind, at: iso(at), level, recordedAt: null, mails: [], ...promised(what.id, run) };
}

/** What the policy says of a step: whom it tells, and at which share of the target. */
function promised(id: string, { policy, subject }: ClockRun): Pick<ClockStepView, 'to' | 'percent'> {
  const step = policy.steps.find((one) => one.id === id);
  const to = id === DUE ? policy.breachTo : (step?.to ?? []);
  return { to: askedOf(to, subject), percent: step && 'percent' in step.at ? step.at.percent : null };
}

const isStep = (body: LoggedEvent['body']): body is ClockStep & { level?: 1 | 2 | 3 } =>
  'step' in body && 'cycle' in body;
