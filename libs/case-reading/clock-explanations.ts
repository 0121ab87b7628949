import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import { civilDate, civilTimeOfDay } from '#libs/domain/calendar/civil.js';
import { explainClock } from '#libs/domain/clock/explanation.js';
import type { CalendarName, CountedSpan, Explanation } from '#libs/domain/clock/explanation.js';
import { calendarsOf, explanationLines, groupByHours } from '#libs/domain/clock/explanation-words.js';
import type { DayGroup, ExplanationLine } from '#libs/domain/clock/explanation-words.js';
import { GENEVA_ZONE } from '#libs/i18n/dates.js';
import { RUNNING_RELEASE } from '#libs/zone-data/running-release.js';
import { pendingSteps } from '#libs/domain/case/clock-steps.js';
import type { PendingStep } from '#libs/domain/case/clock-steps.js';
import type { CaseRecord } from './case-record.js';
import { clockMoves } from './clock-moves.js';
import type { ClockMove } from './clock-moves.js';
import { clockSteps } from './clock-step-views.js';
import type { ClockStepView, StepMail } from './clock-step-views.js';
import { clockView } from './clock-views.js';
import type { ClockView } from './clock-views.js';
import { lateSteps } from './late-steps.js';
import type { LateStep } from './late-steps.js';
import type { Reach } from './reach.js';

/** Days in a row with the same opening hours. */
export interface CountedDays extends Omit<DayGroup, 'openMs'> {
  openSeconds: number;
}

/** A clock with everything that made its deadline (sla.md 2.9). */
export interface ClockExplanation extends ClockView {
  /** Until when what has happened is looked at. */
  asOf: string;
  /** Open time used in an earlier cycle. */
  carriedSeconds: number;
  elapsedSeconds: number;
  /** Up to the deadline. */
  counted: CountedDays[];
  /** While late: open time after the deadline, and by the clock on the wall; null when it is not late. */
  overrun: { openSeconds: number; wallSeconds: number; counted: CountedDays[] } | null;
  /** What will count until the deadline, if nothing more happens. */
  ahead: CountedDays[];
  pauses: { from: string; to: string | null; reasons: string[]; openSeconds: number }[];
  retargets: { at: string; targetSeconds: number }[];
  /** How the date moved, oldest first. */
  moves: ClockMove[];
  /** Warnings, reminders, the deadline itself and escalations: told, and still to come. */
  steps: ClockStepView[];
  /** What the ledger says of its breaches. */
  lateSteps: LateStep[];
  /** The deadline on the clocks of other places. */
  elsewhere: { timezone: string; local: string }[];
  /** In force at the start, with the version of the time-zone data. */
  calendar: CalendarName & { tzdb: string };
  /** Every version that counted, in order of use. */
  calendars: CalendarName[];
  policy: string;
  policyVersion: number;
  /** The same in sentences, each with the section of the rules that it rests on. */
  lines: ExplanationLine[];
}

/** Who asks, when, and what has been told so far. */
export interface Asking {
  reach: Reach;
  /** Epoch ms. */
  at: number;
  /** Mails of the case that the asker may see. */
  mails: readonly StepMail[];
  /** Time zones of the asker, besides Geneva's and the State's. */
  zones: readonly string[];
}

/** Why the deadlines of these cycles are what they are; `all` are the cycles of the whole case. */
export function clockExplanations(
  runs: readonly ClockRun[],
  all: readonly ClockRun[],
  record: CaseRecord,
  asking: Asking,
): ClockExplanation[] {
  const pending = pendingSteps(all, record.state, asking.at);
  return runs.map((run) => clockExplanation(run, record, pending, asking));
}

function clockExplanation(
  run: ClockRun,
  record: CaseRecord,
  pending: readonly PendingStep[],
  { reach, at, mails, zones }: Asking,
): ClockExplanation {
  const explanation = explainClock(run.cycle, run.calendar, at);
  const { reading } = explanation;
  const policy = `policy version ${run.policyVersion}`;
  const tzdb = RUNNING_RELEASE;
  const seen = [GENEVA_ZONE, record.stateTimezone, ...zones, 'UTC'];
  return {
    ...clockView(run, record, at, reach.groups),
    asOf: iso(at),
    carriedSeconds: explanation.carriedMs / 1000,
    elapsedSeconds: reading.elapsedMs / 1000,
    counted: daysOf(explanation.counted),
    overrun: overrunOf(explanation),
    ahead: daysOf(explanation.ahead),
    pauses: explanation.pauses.map(({ from, to, reasons, openMs }) => ({
      from: iso(from),
      to: to === null ? null : iso(to),
      reasons: [...reasons],
      openSeconds: openMs / 1000,
    })),
    retargets: explanation.retargets.map(({ at: when, targetMs }) => ({
      at: iso(when),
      targetSeconds: targetMs / 1000,
    })),
    moves: clockMoves(run, record, reach, at),
    steps: clockSteps(run, record, reach, { pending, mails }),
    lateSteps: lateSteps([run], record, reach, at),
    elsewhere: [...new Set(seen)].flatMap((timezone) =>
      reading.dueAt === null ? [] : [{ timezone, local: localTime(reading.dueAt, timezone) }],
    ),
    calendar: { ...explanation.calendarAtStart, tzdb },
    calendars: calendarsOf(explanation),
    policy,
    policyVersion: run.policyVersion,
    lines: explanationLines(explanation, run.target, { policy, tzdb }),
  };
}

function overrunOf({ overrun, reading }: Explanation): ClockExplanation['overrun'] {
  const { overrunOpenMs, overrunWallMs } = reading;
  if (overrunOpenMs === null || overrunWallMs === null) return null;
  return { openSeconds: overrunOpenMs / 1000, wallSeconds: overrunWallMs / 1000, counted: daysOf(overrun) };
}

/** `2026-12-29T13:00:00.000`, on the civil clock of a zone. */
const localTime = (at: number, zone: string): string =>
  `${civilDate(at, zone)}T${new Date(civilTimeOfDay(at, zone)).toISOString().slice(11, 23)}`;

const iso = (at: number): string => new Date(at).toISOString();

const daysOf = (spans: readonly CountedSpan[]): CountedDays[] =>
  groupByHours(spans).map(({ openMs, ...group }) => ({ ...group, openSeconds: openMs / 1000 }));
