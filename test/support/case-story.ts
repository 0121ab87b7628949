import { instantOfLocal } from '#libs/domain/calendar/civil.js';
import { DELIVERED_RULES } from '#libs/domain/case/case-rules.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { clockRuns } from '#libs/domain/case/clock-runs.js';
import type { BodyOf, CaseCommand, Verb } from '#libs/domain/case/commands/index.js';
import type { DecisionContext } from '#libs/domain/case/commands/rule.js';
import { decide } from '#libs/domain/case/decide.js';
import { advance, NOTHING } from '#libs/domain/case/evolve.js';
import type { EventBodies, LoggedEvent, NewEvent } from '#libs/domain/case/events.js';
import { noticesOf } from '#libs/domain/case/notices.js';
import type { Notice } from '#libs/domain/case/notices.js';
import { clocksOf } from '#libs/domain/case/policy-book.js';
import { rescissions } from '#libs/domain/case/rescissions.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { nextDue } from '#libs/domain/case/wake.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { CASE_PEOPLE, COLLEAGUES, COORDINATORS, RESPONDERS } from './case-people.js';
import type { Who } from './case-people.js';

const ZONE = 'Europe/Zurich';

/** `2026-11-24 10:00`, a time in Geneva, as an instant (epoch ms). */
export const geneva = (local: string): number => instantOfLocal(local.replace(' ', 'T'), ZONE);

const LOCAL = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: ZONE });
/** An instant as a time in Geneva, `2026-11-24 10:00`. */
export const inGeneva = (at: number): string => LOCAL.format(at);

/** An event of the log, with the case right after it and the mails that it calls for. */
export interface Told {
  event: LoggedEvent;
  state: CaseState;
  notices: Notice[];
}

/** A case lived through in memory, as the case store would keep it: commands decided, clocks woken, mails noted. */
export class CaseStory {
  readonly log: LoggedEvent[] = [];
  readonly told: Told[] = [];
  state: CaseState = NOTHING;
  now: number;
  private ids = 0;

  /** Opens a case of Bravia at a time in Geneva. */
  constructor(
    openedAt: string,
    opening: Partial<EventBodies['opened']> = {},
    readonly rules: CaseRules = DELIVERED_RULES,
  ) {
    this.now = geneva(openedAt);
    const body: EventBodies['opened'] = {
      requestingState: 'QMB',
      channel: 'form',
      language: 'en',
      needTypes: ['drafting'],
      excludedParties: [],
      submittedBy: 'focal point',
      formHash: 'hash',
      ...opening,
    };
    this.append([{ type: 'opened', body }], this.now, 'focal point');
  }

  /** Lets time pass, with everything that falls due in it. */
  until(local: string): this {
    return this.passTo(geneva(local));
  }

  passTo(now: number): this {
    this.now = Math.max(this.now, now);
    for (;;) {
      const due = nextDue(this.log, this.state, this.rules, this.now);
      if (!due) return this;
      this.append(due.events, due.at, null);
    }
  }

  /** Somebody does something, now or at a later time in Geneva. Throws Refusal. */
  does<V extends Verb>(who: Who, verb: V, body: BodyOf<V>, local?: string): NewEvent[] {
    if (local) this.until(local);
    return this.send(CASE_PEOPLE[who], { verb, body } as CaseCommand);
  }

  send(actor: Actor, command: CaseCommand, receivedAt = this.now): NewEvent[] {
    const at = Math.max(this.state.lastCommandAt, receivedAt);
    const events = decide(this.state, command, this.context(actor, at));
    this.append(events, at, actor.personId);
    this.append(rescissions(this.log, this.state, this.rules, this.now), this.now, null);
    this.passTo(this.now);
    return events;
  }

  context = (actor: Actor, now = this.now): DecisionContext => ({
    now,
    actor,
    newId: () => `id-${(this.ids += 1)}`,
    responders: RESPONDERS,
    colleagues: COLLEAGUES,
    coordinators: COORDINATORS,
    policyVersions: this.rules.policies.map(({ version }) => version),
    openCases: (reference) => reference === 'CCM-A9-2026-0001',
  });

  get stage(): string {
    return this.state.sideState ?? this.state.stage;
  }

  /** Every clock cycle of the case so far. */
  runs = () => clockRuns(this.log, this.rules);
  /** Names of the clocks that are running or paused. */
  openClocks = (): string[] => [...new Set(this.runs().flatMap(({ over, policy }) => (over ? [] : [policy.name])))];

  /** What one clock did and who heard of it, one line a step: `2026-11-26 17:00 clock_breached: breach L0, escalation L1`. */
  heard(clock: string): string[] {
    return this.told.flatMap(({ event, notices }) =>
      event.actorId === null && 'clock' in event.body && event.body.clock === clock
        ? [`${inGeneva(event.effectiveAt)} ${event.type}${listed(notices)}`]
        : [],
    );
  }

  /** The mails of the last event of a type: `receipt requester`, `invitation org-legalaid`. */
  mailsOf(type: NewEvent['type']): string[] {
    return this.told.findLast(({ event }) => event.type === type)?.notices.map(asWords) ?? [];
  }

  private append(events: readonly NewEvent[], effectiveAt: number, actorId: string | null): void {
    for (const event of events) {
      const version = this.log.length + 1;
      const logged: LoggedEvent = { ...event, version, effectiveAt, recordedAt: this.now, actorId };
      this.log.push(logged);
      this.state = advance(this.state, logged);
      this.told.push({
        event: logged,
        state: this.state,
        notices: noticesOf(event, this.state, clocksOf(this.rules.policies, this.state.policyVersion)),
      });
    }
  }
}

const listed = (notices: readonly Notice[]): string => (notices.length ? `: ${notices.map(asWords).join(', ')}` : '');
const asWords = ({ kind, to, organisationId }: Notice): string => `${kind} ${organisationId ?? to}`;
