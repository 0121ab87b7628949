import { civilDate, civilTimeOfDay } from '../calendar/civil.js';
import type { CalendarName, CountedSpan, Explanation, SubtractedPause } from './explanation.js';
import { describeOpen, describeTarget, type Target } from './target.js';

/** One sentence of an explanation and the section of sla.md that it rests on. */
export interface ExplanationLine {
  section: string;
  text: string;
}

/** Days in a row with the same hours, on the civil clock of their calendar. */
export interface DayGroup {
  firstDate: string;
  lastDate: string;
  /** `09:00–17:00` */
  hours: string;
  days: number;
  openMs: number;
  calendar: CalendarName;
}

/** Which data the answer rests on. */
export interface Versions {
  policy: string;
  tzdb: string;
}

/** Spans as people read them: one entry for days in a row with the same hours. */
export function groupByHours(spans: readonly CountedSpan[]): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const { from, to, openMs, calendar } of spans) {
    const date = civilDate(from, calendar.timezone);
    const hours = `${clockTime(from, calendar.timezone)}–${clockTime(to, calendar.timezone)}`;
    const last = groups.at(-1);
    if (last && last.hours === hours && last.lastDate !== date && last.calendar.version === calendar.version) {
      last.lastDate = date;
      last.days += 1;
      last.openMs += openMs;
    } else groups.push({ firstDate: date, lastDate: date, hours, days: 1, openMs, calendar });
  }
  return groups;
}

/** The explanation in sentences: the same on the page, in the API, on the command line and in an export (sla.md 2.9). */
export function explanationLines(explanation: Explanation, target: Target, versions: Versions): ExplanationLine[] {
  const calendars = calendarsOf(explanation);
  const zone = explanation.calendarAtStart.timezone;
  const when = (at: number): string => moment(at, zone);
  return [
    { section: '2.1', text: `Promised: ${describeTarget(target)}. ${ruleOf(target)}` },
    {
      section: '2.1',
      text: `The clock started on ${when(explanation.startedAt)}; the promise made ${describeOpen(explanation.targetAtStartMs)} of open time then.`,
    },
    ...carried(explanation),
    ...explanation.retargets.map(({ at, targetMs, keepsDate }) => ({
      section: '2.5',
      text: keepsDate
        ? `On ${when(at)} another version of the calendar became known: ${describeOpen(targetMs)} of open time from the start to the date, which stays.`
        : `On ${when(at)} the target became ${describeOpen(targetMs)}. The time used until then is kept; a change never makes a deadline earlier than itself.`,
    })),
    ...counted('Counted', '2.2', explanation.counted),
    ...explanation.pauses.map((pause) => subtracted(pause, when)),
    ...counted('Still to count', '2.2', explanation.ahead),
    ...lateness(explanation),
    conclusion(explanation, when),
    {
      section: '2.6',
      text: `Rests on ${calendars.map(nameOf).join(', then ')}; ${versions.policy}; time-zone data ${versions.tzdb}.`,
    },
  ];
}

function ruleOf(target: Target): string {
  if ('open' in target) return 'Only time within the opening hours counts.';
  if ('on' in target) return 'Due at the closing of that date, or of the next one on which a window opens.';
  if ('days' in target)
    return 'The date of the start is not counted; due at the closing of the last date, or of the next one on which a window opens.';
  const edge =
    target.at === 'close' ? 'at the closing of the last one' : 'at the time of day of the start on the last one';
  return `The date of the start is not counted; a working day is a date on which a window opens; due ${edge}.`;
}

const carried = ({ carriedMs }: Explanation): ExplanationLine[] =>
  carriedMs > 0 ? [{ section: '2.1', text: `${describeOpen(carriedMs)} had been used in the cycle before.` }] : [];

function counted(word: string, section: string, spans: readonly CountedSpan[]): ExplanationLine[] {
  if (!spans.length) return [];
  const total = spans.reduce((sum, { openMs }) => sum + openMs, 0);
  const groups = groupByHours(spans).map(({ firstDate, lastDate, hours, days, openMs }) =>
    days === 1
      ? `${dateWords(firstDate)} ${hours} (${describeOpen(openMs)})`
      : `${dateWords(firstDate)} to ${dateWords(lastDate)}, ${days} days of ${hours} (${describeOpen(openMs)})`,
  );
  return [{ section, text: `${word}: ${describeOpen(total)}. ${groups.join('; ')}.` }];
}

/** Lateness is kept both ways: an answer after closing time is late by no open time at all (sla.md 2.4, S04). */
function lateness({ overrun: spans, reading }: Explanation): ExplanationLine[] {
  if (reading.overrunWallMs === null) return [];
  const word = `Late by ${describeOpen(reading.overrunWallMs)} by the clock on the wall; of open time`;
  return spans.length ? counted(word, '2.4', spans) : [{ section: '2.4', text: `${word}: none.` }];
}

function subtracted({ from, to, reasons, openMs }: SubtractedPause, when: (at: number) => string): ExplanationLine {
  const span = to === null ? `since ${when(from)}` : `from ${when(from)} to ${when(to)}`;
  const why = reasons.length ? ` (${reasons.join(', ').replaceAll('_', ' ')})` : '';
  return { section: '2.3', text: `Paused ${span}${why}: ${describeOpen(openMs)} of open time did not count.` };
}

function conclusion({ reading, graceUntil }: Explanation, when: (at: number) => string): ExplanationLine {
  const { dueAt, state, breachedAt, breachCause, stoppedAt, openMsLeft } = reading;
  const section = '2.4';
  if (state === 'paused')
    return {
      section,
      text: `No deadline while it is paused: ${describeOpen(Math.max(0, openMsLeft ?? 0))} of open time are left.`,
    };
  if (state === 'stopped') return { section, text: `It ended on ${when(stoppedAt ?? 0)} without a verdict.` };
  const rule = graceUntil === 'next_open' ? 'the first open instant once' : 'the first instant at which';
  const due = dueAt === null ? '' : `Due on ${when(dueAt)}, ${rule} the target is used up. `;
  if (state === 'met') return { section, text: `${due}Stopped on ${when(stoppedAt ?? 0)}: met.` };
  if (state === 'running') return { section, text: `${due}An answer at that very instant is in time.` };
  const cause = breachCause === 'retarget' ? 'by the change of its target' : 'at its deadline';
  const end = stoppedAt === null ? '' : ` It was stopped on ${when(stoppedAt)}.`;
  return { section, text: `${due}Late since ${when(breachedAt ?? 0)}, ${cause}.${end}` };
}

/** The calendar versions that the spans used, in order of use. */
export function calendarsOf({ calendarAtStart, counted: past, overrun, ahead }: Explanation): CalendarName[] {
  const used = new Map([[nameOf(calendarAtStart), calendarAtStart]]);
  for (const { calendar } of [...past, ...overrun, ...ahead]) used.set(nameOf(calendar), calendar);
  return [...used.values()];
}

const nameOf = ({ id, version, timezone }: CalendarName): string => `calendar ${id} version ${version} (${timezone})`;

const DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const dateWords = (date: string): string => DATE.format(Date.parse(date)).replace(',', '');

/** `17:00`, with seconds and milliseconds only where they say something. */
function clockTime(at: number, zone: string): string {
  const time = new Date(civilTimeOfDay(at, zone)).toISOString().slice(11, 23);
  return time.replace(/(:00)?\.000$/, '');
}

const moment = (at: number, zone: string): string =>
  `${dateWords(civilDate(at, zone))}, ${clockTime(at, zone)} (${zone})`;
