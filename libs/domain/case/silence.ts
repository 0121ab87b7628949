import { nextOpening } from '../calendar/open-time.js';
import { workingDay } from '../calendar/working-days.js';
import { readClock } from '../clock/clock.js';
import { DELIVERED_MAIL_POLICY } from '../mail/mail-policy.js';
import type { CaseRules } from './case-rules.js';
import type { ClockRun } from './clock-runs.js';
import { currentRung, heardOf, leaveRung, sideOf, STATE_SIDE, takesPart } from './contact-ladder.js';
import type { Side } from './contact-ladder.js';
import type { ClockStep, LoggedEvent, NewEvent } from './events.js';
import { acceptedBy } from './invitations.js';
import { askedOf } from './notices.js';
import { afterPauses, pausedSpans } from './paused-spans.js';
import { clocksOf, DELIVERED_VERSION } from './policy-book.js';
import type { CaseState } from './state.js';

/** Whoever was written to last has so many working days, before the next contact is written to. */
const DAYS_TO_ANSWER = 5;

/** A side that will count as silent at an instant (epoch ms), unless it is heard of before. */
export interface Silence {
  at: number;
  run: ClockRun;
  events: NewEvent[];
}

/**
 * The first side that leaves a contact because nobody answers: so many reminders about one clock since it was last heard
 * of, and five working days since the last of them, and since its present contact was first written to. Reckoned from the
 * log alone, from when things were recorded: what was told late, after an outage, is not answered earlier. A clock that is
 * over or rests makes nobody silent.
 */
export function nextSilence(
  log: readonly LoggedEvent[],
  runs: readonly ClockRun[],
  state: CaseState,
  rules: CaseRules,
  now: number,
): Silence | null {
  const least = rules.silentReminders ?? DELIVERED_MAIL_POLICY.silence.reminders;
  const { reminders, tried } = sinceHeardOf(log, state, rules);
  const found = [...reminders.values()].flatMap(({ side, clock, subject, at }): Silence[] => {
    const last = at[least - 1];
    if (last === undefined || currentRung(state, side) === null || !takesPart(state, side)) return [];
    const run = runs.findLast((one) => !one.over && one.policy.name === clock && one.subject === subject);
    const from = Math.max(last, tried.get(side) ?? -Infinity);
    const silentAt = run ? fiveDaysAfter(run, from, now) : null;
    if (!run || silentAt === null) return [];
    const about = [clock, subject, run.number].join(':');
    return [{ at: silentAt, run, events: leaveRung(state, side, 'silent', about) }];
  });
  return found.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** In the morning of the fifth working day after an instant, moved on by whatever pauses the clock; null while it rests. */
function fiveDaysAfter({ cycle, calendar }: ClockRun, from: number, now: number): number | null {
  if (readClock(cycle, calendar, now).dueAt === null) return null;
  const planned = workingDay(calendar, from, DAYS_TO_ANSWER, 'open');
  const moved = afterPauses(planned, from, pausedSpans(cycle.signals), calendar);
  return moved && nextOpening(calendar, moved);
}

interface Reminded {
  side: Side;
  clock: string;
  subject: string;
  /** When its reminders were recorded (epoch ms), oldest first. */
  at: number[];
}

/** Of each side since it was last heard of: its reminders by clock and subject, and when it last left a contact. */
function sinceHeardOf(log: readonly LoggedEvent[], state: CaseState, { policies }: CaseRules) {
  const reminders = new Map<string, Reminded>();
  const tried = new Map<Side, number>();
  let version = DELIVERED_VERSION;
  for (const event of log) {
    if (event.type === 'opened') version = event.body.policyVersion ?? DELIVERED_VERSION;
    if (event.type === 'policy_applied') version = event.body.version;
    if (event.type === 'contact_unreachable') tried.set(sideOf(event.body), event.recordedAt);
    for (const side of heardOf(event, state)) {
      tried.delete(side);
      for (const [key, one] of reminders) if (one.side === side) reminders.delete(key);
    }
    if (event.type !== 'reminder_due') continue;
    const { clock, subject } = event.body;
    for (const side of remindedSides(event.body, version, state, policies)) {
      const key = `${side}|${clock}|${subject}`;
      const one = reminders.get(key) ?? { side, clock, subject, at: [] };
      one.at.push(event.recordedAt);
      reminders.set(key, one);
    }
  }
  return { reminders, tried };
}

/** Whom a reminder of the log went to. */
function remindedSides(
  { clock, subject, step }: ClockStep,
  version: number,
  state: CaseState,
  policies: CaseRules['policies'],
): Side[] {
  const policy = clocksOf(policies, version).find(({ name }) => name === clock);
  const parties = askedOf(policy?.steps.find(({ id }) => id === step)?.to ?? [], subject);
  return [
    ...(parties.includes('requester') ? [STATE_SIDE] : []),
    ...(parties.includes('responder') ? (policy?.subjects === 'organisations' ? [subject] : acceptedBy(state)) : []),
  ];
}
