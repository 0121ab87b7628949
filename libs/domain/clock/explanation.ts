import {
  always,
  calendarAt,
  versionsBetween,
  type CalendarHistory,
  type WorkingCalendar,
} from '../calendar/calendar.js';
import { openSpansBetween } from '../calendar/open-time.js';
import { totalMs } from '../calendar/spans.js';
import { readClock, type ClockReading } from './clock.js';
import type { ClockCycle } from './signals.js';
import { traceClock, type ClockTrace, type Stretch } from './trace.js';

/** An open span that counts, on the calendar version in force then. Instants are epoch milliseconds. */
export interface CountedSpan {
  from: number;
  to: number;
  openMs: number;
  calendar: CalendarName;
}

/** Which version of which calendar. */
export type CalendarName = Pick<WorkingCalendar, 'id' | 'version' | 'timezone'>;

/** Open time that did not count because the clock was paused. */
export interface SubtractedPause {
  from: number;
  /** Null while it lasts. */
  to: number | null;
  reasons: readonly string[];
  openMs: number;
}

/** Why a deadline is what it is (sla.md 2.9). */
export interface Explanation {
  asOf: number;
  startedAt: number;
  /** In force at the start: the target was resolved on it. */
  calendarAtStart: CalendarName;
  /** Open milliseconds promised at the start, and those in force now. */
  targetAtStartMs: number;
  targetMs: number;
  /** Brought from an earlier cycle. */
  carriedMs: number;
  /** Whether a deadline on closing time waits for the next opening. */
  graceUntil: 'next_open' | null;
  /** Counted so far, up to the deadline. */
  counted: CountedSpan[];
  /** Counted after the deadline, while late; with `counted` and `carriedMs` it is the elapsed time. */
  overrun: CountedSpan[];
  /** What will count until the deadline if nothing more happens. */
  ahead: CountedSpan[];
  pauses: SubtractedPause[];
  /** Changes of the target, oldest first. */
  retargets: { at: number; targetMs: number; keepsDate?: true }[];
  reading: ClockReading;
}

/** Everything that made a deadline, from the same trace that computes it; never a second way of computing it. */
export function explainClock(cycle: ClockCycle, history: CalendarHistory, asOf: number): Explanation {
  const trace = traceClock(cycle, history, asOf);
  const reading = readClock(cycle, history, asOf);
  const spans = trace.stretches.filter(({ runs }) => runs).flatMap(({ from, to }) => spansOf(trace.history, from, to));
  const dueAt = trace.run.due?.at ?? Infinity;
  return {
    asOf,
    startedAt: cycle.startedAt,
    calendarAtStart: nameOf(calendarAt(history, cycle.startedAt)),
    targetAtStartMs: cycle.targetMs,
    targetMs: reading.targetMs,
    carriedMs: cycle.carriedMs ?? 0,
    graceUntil: cycle.graceUntil ?? null,
    counted: within(spans, -Infinity, dueAt),
    overrun: within(spans, dueAt, Infinity),
    ahead: isAhead(trace, reading) ? spansOf(trace.history, trace.run.now, reading.dueAt ?? 0) : [],
    pauses: pausesOf(trace),
    retargets: cycle.signals.flatMap((signal) =>
      signal.type === 'retarget' && signal.at <= asOf
        ? [{ at: signal.at, targetMs: signal.targetMs, ...(signal.keepsDate && { keepsDate: true as const }) }]
        : [],
    ),
    reading,
  };
}

const isAhead = ({ run }: ClockTrace, { dueAt }: ClockReading): boolean =>
  run.runs && dueAt !== null && dueAt > run.now;

/** The open spans between two instants, cut where a calendar version begins to apply. */
function spansOf(history: CalendarHistory, from: number, to: number): CountedSpan[] {
  return [...versionsBetween(history, from, to)].flatMap(({ calendar, from: start, to: end }) => {
    return openSpansBetween(always(calendar), start, end).map(([open, close]) => ({
      from: open,
      to: close,
      openMs: close - open,
      calendar: nameOf(calendar),
    }));
  });
}

/** The parts of spans that lie between two instants. */
const within = (spans: readonly CountedSpan[], from: number, to: number): CountedSpan[] =>
  spans
    .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.from < span.to)
    .map((span) => ({ ...span, openMs: span.to - span.from }));

const nameOf = ({ id, version, timezone }: WorkingCalendar): CalendarName => ({ id, version, timezone });

/** Neighbouring stretches of one pause are one entry. */
function pausesOf({ stretches, history, run }: ClockTrace): SubtractedPause[] {
  const pauses: SubtractedPause[] = [];
  for (const stretch of stretches.filter(isPaused)) {
    const last = pauses.at(-1);
    const openMs = totalMs(openSpansBetween(history, stretch.from, stretch.to));
    if (last?.to === stretch.from && sameReasons(last.reasons, stretch.pauseReasons)) {
      last.to = stretch.to;
      last.openMs += openMs;
    } else pauses.push({ from: stretch.from, to: stretch.to, reasons: stretch.pauseReasons, openMs });
  }
  const last = pauses.at(-1);
  if (last && !run.over && run.pausedSince !== null && last.to === run.now) last.to = null;
  return pauses;
}

const isPaused = ({ runs, from, to, overAtStart }: Stretch): boolean => !runs && !overAtStart && from < to;

const sameReasons = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
