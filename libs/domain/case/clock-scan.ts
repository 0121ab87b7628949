import { historyOf } from '../calendar/calendar-book.js';
import { calendarAt } from '../calendar/calendar.js';
import type { CalendarHistory } from '../calendar/calendar.js';
import { readClock } from '../clock/clock.js';
import type { ClockSignal } from '../clock/clock.js';
import type { Target } from '../clock/target.js';
import type { CaseRules } from './case-rules.js';
import type { ClockPolicy } from './clock-policy.js';
import type { ClockRun } from './clock-runs.js';
import { evolve, NOTHING } from './evolve.js';
import type { LoggedEvent } from './events.js';
import { isAbout } from './exclusions.js';
import { copyOf, finish } from './run-changes.js';
import { clocksOf } from './policy-book.js';
import { pauseSignals } from './pauses.js';
import type { PauseInForce } from './pauses.js';
import { waitWithReminders } from './time-asked.js';
import { conditionHolds, dateNamed, subjectsOf } from './policy-terms.js';
import { applyPolicy, changeTarget, keepDate, promisedMs } from './retargeting.js';
import type { Priority, CaseState } from './state.js';

const ENDS_EVERY_CLOCK = ['rejected', 'referred', 'declined', 'merged', 'withdrawn', 'closed'];

/** Reads a log once, in order of effect, and keeps every clock cycle that it starts. */
export class ClockScan {
  readonly runs: ClockRun[] = [];
  /** Of these, the ones that may still be open: a long case has few. */
  private running: ClockRun[] = [];
  /** Cycles so far, by clock and subject. */
  private readonly numbers = new Map<string, number>();
  private state: CaseState = NOTHING;
  private policies: readonly ClockPolicy[] = [];
  private pauses: PauseInForce[] = [];

  constructor(private readonly rules: CaseRules) {}

  /** The same scan once more, to see what an event would do without its having happened. */
  fork(): ClockScan {
    const fork = new ClockScan(this.rules);
    for (const run of this.runs) fork.keep(copyOf(run));
    for (const [key, number] of this.numbers) fork.numbers.set(key, number);
    const { state, policies, pauses } = this;
    return Object.assign(fork, { state, policies, pauses });
  }

  take(event: LoggedEvent): this {
    const after = evolve(this.state, event);
    if (after.policyVersion !== this.state.policyVersion || !this.policies.length) this.goBy(after, event);
    else if (after.priority !== this.state.priority) this.reprioritise(after.priority, event);
    this.recordStep(event);
    for (const policy of this.policies) {
      if (policy.stopsOn.includes(event.type)) this.stop(policy, event);
      if (policy.endsOn?.includes(event.type)) this.end(policy, event);
    }
    if (ENDS_EVERY_CLOCK.includes(event.type))
      for (const run of this.open()) finish(run, { at: event.effectiveAt, type: 'end', cause: event.type }, event);
    if (event.type === 'party_excluded') this.endAbout(event);
    if (event.type === 'time_asked') waitWithReminders(this.open(), event.body);
    this.applyPauses(event);
    for (const policy of this.policies) if (this.startsOn(policy, event)) this.start(policy, event, after);
    if (event.type === 'reopened') this.restart(event, after);
    this.state = after;
    return this;
  }

  private open(policy?: ClockPolicy): ClockRun[] {
    this.running = this.running.filter(({ over }) => !over);
    return policy ? this.running.filter((run) => run.policy.name === policy.name) : [...this.running];
  }

  private startsOn({ startsOn, startsIf }: ClockPolicy, event: LoggedEvent): boolean {
    return startsOn.includes(event.type) && (!startsIf || conditionHolds(startsIf, event, this.state));
  }

  private start(policy: ClockPolicy, event: LoggedEvent, after: CaseState): void {
    for (const subject of subjectsOf(policy.subjects, event, this.state)) {
      if (this.open(policy).some((run) => run.subject === subject)) continue;
      this.begin(policy, { subject, startedBy: event, at: event.effectiveAt }, after);
    }
  }

  private begin(
    policy: ClockPolicy,
    { subject, startedBy, at }: Beginning,
    { requestingState, priority, policyVersion }: CaseState,
    carriedMs = 0,
  ): void {
    const calendar = historyOf(this.rules.calendars, policy.calendar, requestingState);
    const target = targetOf(policy, { startedBy, subject, at, calendar }, priority);
    if (!target) return;
    const number = this.next(policy, subject);
    const signals = this.pauses
      .filter(({ reason }) => policy.pausedBy.includes(reason))
      .map(({ reason }): ClockSignal => ({ at, type: 'pause', reason }));
    const run: ClockRun = {
      policy,
      policyVersion,
      subject,
      number,
      target,
      calendar,
      cycle: cycleOf(policy, { startedAt: at, targetMs: promisedMs(target, at, calendar, at), carriedMs, signals }),
      epoch: { number: 1, from: at, tightened: false },
      startedBy,
      over: false,
      closed: false,
      recorded: new Set(),
      addedSteps: new Map(),
      stoppedBy: null,
      remindFrom: null,
    };
    keepDate(run, at);
    this.keep(run);
  }

  private keep(run: ClockRun): void {
    this.runs.push(run);
    if (!run.over) this.running.push(run);
  }

  private next({ name }: ClockPolicy, subject: string): number {
    const key = `${name}|${subject}`;
    const number = (this.numbers.get(key) ?? 0) + 1;
    this.numbers.set(key, number);
    return number;
  }

  private stop(policy: ClockPolicy, event: LoggedEvent): void {
    const subjects = subjectsOf(policy.subjects, event, this.state);
    for (const run of this.open(policy)) {
      // A cycle that another version began for everything, or for something else, is stopped by whatever stops the clock.
      if (policy.subjects && run.subject && !subjects.includes(run.subject)) continue;
      finish(run, { at: event.effectiveAt, type: 'stop', evidence: String(event.version) }, event);
      if (policy.rearms) this.rearm(run, event);
    }
  }

  /** The next cycle of a clock that runs again and again: the same promise anew. */
  private rearm({ policy, subject, startedBy }: ClockRun, event: LoggedEvent): void {
    this.begin(policy, { subject, startedBy, at: event.effectiveAt }, this.state);
  }

  private end(policy: ClockPolicy, event: LoggedEvent): void {
    for (const run of this.open(policy)) finish(run, { at: event.effectiveAt, type: 'end', cause: event.type }, event);
  }

  /** Nobody waits any more for a party that the State has excluded, nor owes it an answer. */
  private endAbout(event: LoggedEvent & { type: 'party_excluded' }): void {
    for (const run of this.open())
      if (isAbout(run.subject, event.body.organisationId, this.state))
        finish(run, { at: event.effectiveAt, type: 'end', cause: event.type }, event);
  }

  private applyPauses(event: LoggedEvent): void {
    const change = pauseSignals(event, this.pauses);
    this.pauses = change.inForce;
    for (const signal of change.signals)
      for (const run of this.open()) if (run.policy.pausedBy.includes(signal.reason)) run.cycle.signals.push(signal);
  }

  /** From here on the case goes by another version of the policy; at its opening, by its first. */
  private goBy({ policyVersion, requestingState, priority }: CaseState, event: LoggedEvent): void {
    this.policies = clocksOf(this.rules.policies, policyVersion);
    for (const run of this.open()) {
      const policy = this.policies.find(({ name }) => name === run.policy.name);
      if (!policy) {
        finish(run, { at: event.effectiveAt, type: 'end', cause: event.type }, event);
        continue;
      }
      const calendar = historyOf(this.rules.calendars, policy.calendar, requestingState);
      applyPolicy(run, { policy, policyVersion, calendar, pauses: this.pauses }, event.effectiveAt);
      changeTarget(run, targetOf(policy, startOf(run), priority), event.effectiveAt);
    }
  }

  private reprioritise(priority: Priority | null, event: LoggedEvent): void {
    for (const run of this.open().filter(({ policy }) => policy.byPriority))
      changeTarget(run, targetOf(run.policy, startOf(run), priority), event.effectiveAt);
  }

  /** A reopened case takes up the clocks that its closure ended, with the time they had used. */
  private restart(event: LoggedEvent & { type: 'reopened' }, after: CaseState): void {
    const ofStage = this.policies.filter(({ stage }) => stage === event.body.stage);
    const ended = this.runs.filter((run) => run.closed && ofStage.some(({ name }) => name === run.policy.name));
    for (const run of ended) {
      const policy = ofStage.find(({ name }) => name === run.policy.name) ?? run.policy;
      const { subject, startedBy, target } = run;
      // A date is not used up by time: it stands as it was named.
      const anew = policy.onReopening === 'restart' || 'on' in target;
      const carried = anew ? 0 : readClock(run.cycle, run.calendar, event.effectiveAt).elapsedMs;
      this.begin(policy, { subject, startedBy, at: event.effectiveAt }, after, carried);
      run.closed = false;
    }
    const [first] = ofStage;
    if (!ended.length && first && !first.subjects) this.start(first, event, after);
  }

  /** What the clocks recorded about themselves; a missed heartbeat also starts the next one. */
  private recordStep(event: LoggedEvent): void {
    if (event.actorId !== null || !('step' in event.body) || !('clock' in event.body)) return;
    const { clock, subject, cycle, step, epoch = 1, superseded = [] } = event.body;
    const run = this.runs.findLast(
      (one) => one.policy.name === clock && one.subject === subject && one.number === cycle,
    );
    if (!run) return;
    if (run.epoch.number === epoch) for (const id of [step, ...superseded]) run.recorded.add(id);
    if (event.type !== 'heartbeat_missed' && event.type !== 'became_dormant' && event.type !== 'became_unmatched')
      return;
    if (run.over || run.policy.whenDue !== event.type) return;
    finish(run, { at: event.effectiveAt, type: 'end', cause: event.type }, event);
    if (run.policy.rearms) this.rearm(run, event);
  }
}

interface Beginning {
  subject: string;
  startedBy: LoggedEvent;
  at: number;
}

interface TargetStart {
  startedBy: LoggedEvent;
  subject: string;
  at: number;
  calendar: CalendarHistory;
}

const startOf = ({ startedBy, subject, cycle, calendar }: ClockRun): TargetStart => {
  return { startedBy, subject, at: cycle.startedAt, calendar };
};

const cycleOf = ({ graceUntil }: ClockPolicy, cycle: ClockRun['cycle']): ClockRun['cycle'] =>
  graceUntil ? { ...cycle, graceUntil } : cycle;

/** What a cycle promises: by priority, or a date that the case names; null when what began it names no such date. */
function targetOf(policy: ClockPolicy, start: TargetStart, priority: Priority | null): Target | null {
  const { target } = policy;
  const byPriority = priority ? policy.byPriority?.[priority] : undefined;
  if (byPriority) return byPriority;
  if (!('date' in target)) return target;
  const zone = calendarAt(start.calendar, start.at).timezone;
  const on = dateNamed(target.date, { event: start.startedBy, subject: start.subject, at: start.at, zone });
  return on ? { on } : null;
}
