import type { CalendarBook } from '../calendar/calendar-book.js';
import { REQUESTING_STATE } from '../calendar/calendar-book.js';
import { openDurationMs, resolveTarget } from '../clock/target.js';
import { GENEVA } from '../calendar/geneva.js';
import { always } from '../calendar/calendar.js';
import type { ClockPolicy, ClockStage, Party, WhenDue } from './clock-policy.js';
import { ON_REOPENING, PARTIES, PAUSE_REASONS, WHEN_DUE } from './clock-policy.js';
import type { EventType } from './events.js';
import { EVENT_TYPES } from './evolve.js';
import type { PolicyProblem } from './policy-problem.js';
import { isRecord, LONGEST_DAYS, LONGEST_OPEN_MS, noOthers, oneOf, problemIf, someOf } from './policy-problem.js';
import { CONDITION_NAMES, DATE_NAMES, SUBJECTS_NAMES } from './policy-terms.js';
import type { DateName } from './policy-terms.js';
import { STAGES } from './stages.js';
import { stepsProblems } from './validate-steps.js';

export type { PolicyProblem } from './policy-problem.js';

const NAME = /^[a-z][a-z0-9_]{0,59}$/;
const MOST_CLOCKS = 100;
/** Everything that a clock is made of. */
const FIELDS = [
  ...['name', 'title', 'stage', 'calendar', 'startsOn', 'startsIf', 'stopsOn', 'endsOn', 'subjects', 'target'],
  ...['byPriority', 'onChange', 'onReopening', 'graceUntil', 'pausedBy', 'rearms', 'whenDue', 'breachTo', 'steps'],
];
const TARGET_FIELDS = { date: ['date'], open: ['open'], days: ['days'], workingDays: ['workingDays', 'at'] };

/** What clocks write down about themselves: it would set them going for ever, or end them before anybody has acted. */
const ABOUT_CLOCKS: readonly EventType[] = [
  'clock_warned',
  'reminder_due',
  'clock_breached',
  'clock_escalated',
  'breach_rescinded',
  'breach_excused',
  'policy_applied',
];
/** What clocks can begin or end with. */
export const EVENTS_FOR_CLOCKS: readonly EventType[] = EVENT_TYPES.filter((type) => !ABOUT_CLOCKS.includes(type));

/** A turn of the process belongs to the stage that it leads out of. */
const TURNS = new Map<WhenDue, readonly ClockStage[]>([
  ['heartbeat_missed', ['national_process']],
  ['became_dormant', ['returned']],
  ['became_unmatched', ['circulated', 'matching']],
]);
/** Dates that only one event names. */
export const DATED_BY: ReadonlyMap<DateName, EventType> = new Map([
  ['date of the milestone', 'plan_agreed'],
  ['date of the review', 'suspended'],
]);
const LADDER: readonly Party[] = ['L0', 'L1', 'L2', 'L3'];

/** Why a policy may not be published; nothing when it may. Anything may come in, also what is no policy at all. */
export function validatePolicy(clocks: unknown, calendars: CalendarBook): PolicyProblem[] {
  if (!Array.isArray(clocks)) return [{ field: 'clocks', message: 'must be a list of clocks' }];
  if (clocks.length > MOST_CLOCKS) return [{ field: 'clocks', message: `must be at most ${MOST_CLOCKS} clocks` }];
  const each = clocks.flatMap((clock: unknown, index) =>
    isRecord(clock)
      ? clockProblems(clock as unknown as ClockPolicy, `clocks.${index}`, calendars)
      : [{ field: `clocks.${index}`, message: 'is not a clock' }],
  );
  return each.length ? each : bookProblems(clocks as ClockPolicy[]);
}

/** What clocks must be together: names that tell them apart, and none of the stages without one. */
function bookProblems(clocks: readonly ClockPolicy[]): PolicyProblem[] {
  const names = clocks.map(({ name }) => name);
  const twice = names.flatMap((name, index) =>
    problemIf(names.indexOf(name) < index, `clocks.${index}.name`, `another clock is named ${name}`),
  );
  const without = [...STAGES, 'suspended' as const].filter((stage) => !clocks.some((clock) => clock.stage === stage));
  return [
    ...twice,
    ...without.map((stage) => ({ field: 'clocks', message: `leaves the stage ${stage} without a clock` })),
  ];
}

function clockProblems(clock: ClockPolicy, at: string, calendars: CalendarBook): PolicyProblem[] {
  const text = (value: unknown) => typeof value === 'string' && value.trim() !== '' && value.length <= 120;
  const ids = [...calendars.keys(), REQUESTING_STATE];
  return [
    ...noOthers(clock, FIELDS, at),
    ...problemIf(
      typeof clock.name !== 'string' || !NAME.test(clock.name),
      `${at}.name`,
      'must be like this: first_call',
    ),
    ...problemIf(!text(clock.title), `${at}.title`, 'must say what is promised, in at most 120 characters'),
    ...oneOf(clock.stage, [...STAGES, 'suspended'], `${at}.stage`),
    ...oneOf(clock.calendar, ids, `${at}.calendar`),
    ...eventProblems(clock, at),
    ...(clock.startsIf === undefined ? [] : oneOf(clock.startsIf, CONDITION_NAMES, `${at}.startsIf`)),
    ...(clock.subjects === undefined ? [] : oneOf(clock.subjects, SUBJECTS_NAMES, `${at}.subjects`)),
    ...(clock.onReopening === undefined ? [] : oneOf(clock.onReopening, ON_REOPENING, `${at}.onReopening`)),
    ...(clock.graceUntil === undefined ? [] : oneOf(clock.graceUntil, ['next_open'], `${at}.graceUntil`)),
    ...targetProblems(clock.target, `${at}.target`),
    ...datedProblems(clock, at),
    ...priorityProblems(clock.byPriority, `${at}.byPriority`),
    ...changeProblems(clock, at),
    ...problemIf(clock.rearms !== undefined && typeof clock.rearms !== 'boolean', `${at}.rearms`, 'must be yes or no'),
    ...someOf(clock.pausedBy, PAUSE_REASONS, `${at}.pausedBy`),
    ...oneOf(clock.whenDue, WHEN_DUE, `${at}.whenDue`),
    ...problemIf(
      TURNS.get(clock.whenDue)?.includes(clock.stage) === false,
      `${at}.whenDue`,
      `${clock.whenDue} is no turn of the stage ${clock.stage}`,
    ),
    ...someOf(clock.breachTo, PARTIES, `${at}.breachTo`),
    ...problemIf(
      clock.whenDue === 'breach' && !LADDER.some((rung) => (clock.breachTo as unknown[] | undefined)?.includes?.(rung)),
      `${at}.breachTo`,
      'somebody on the ladder must hear of a breach: L0, L1, L2 or L3',
    ),
    ...stepsProblems(clock.steps, `${at}.steps`),
  ];
}

function eventProblems({ startsOn, stopsOn, endsOn = [] }: ClockPolicy, at: string): PolicyProblem[] {
  return [
    ...someOf(startsOn, EVENTS_FOR_CLOCKS, `${at}.startsOn`),
    ...someOf(stopsOn, EVENTS_FOR_CLOCKS, `${at}.stopsOn`),
    ...someOf(endsOn, EVENTS_FOR_CLOCKS, `${at}.endsOn`),
    ...problemIf(Array.isArray(startsOn) && !startsOn.length, `${at}.startsOn`, 'an event must start the clock'),
    ...problemIf(
      Array.isArray(stopsOn) && !stopsOn.length,
      `${at}.stopsOn`,
      'an end without a stop: an event must stop the clock',
    ),
    ...problemIf(
      Array.isArray(stopsOn) && stopsOn.includes('note_added'),
      `${at}.stopsOn`,
      'an internal note never stops a clock',
    ),
  ];
}

/** A clock can only start with a date that its event names. */
function datedProblems({ target, startsOn, subjects }: ClockPolicy, at: string): PolicyProblem[] {
  if (!isRecord(target) || !('date' in target) || !Array.isArray(startsOn)) return [];
  const source = DATED_BY.get(target.date);
  return [
    ...problemIf(
      source !== undefined && startsOn.some((type) => type !== source),
      `${at}.target`,
      `only ${source} names the ${target.date}: it alone may start the clock`,
    ),
    ...problemIf(
      target.date === 'date of the milestone' && subjects !== 'milestones',
      `${at}.target`,
      'only a clock for each milestone has the date of the milestone',
    ),
  ];
}

function priorityProblems(targets: unknown, at: string): PolicyProblem[] {
  if (targets === undefined) return [];
  if (!isRecord(targets)) return [{ field: at, message: 'must be targets by priority' }];
  return [
    ...noOthers(targets, ['P1', 'P2', 'P3'], at),
    ...['P1', 'P2', 'P3']
      .filter((priority) => priority in targets)
      .flatMap((priority) => targetProblems(targets[priority] as ClockPolicy['target'], `${at}.${priority}`, true)),
  ];
}

function changeProblems({ onChange }: ClockPolicy, at: string): PolicyProblem[] {
  if (onChange === undefined) return [];
  if (!isRecord(onChange)) return [{ field: `${at}.onChange`, message: 'is not a rule of change' }];
  const { retarget, minRunwayMs = 0 } = onChange;
  return [
    ...noOthers(onChange, ['retarget', 'minRunwayMs'], `${at}.onChange`),
    ...oneOf(retarget, ['from_start', 'from_now', 'keep_remaining_percent'], `${at}.onChange.retarget`),
    ...problemIf(
      !Number.isInteger(minRunwayMs) || minRunwayMs < 0 || minRunwayMs > LONGEST_OPEN_MS,
      `${at}.onChange.minRunwayMs`,
      'must be a whole number of milliseconds, not negative, at most ten years',
    ),
  ];
}

function targetProblems(target: ClockPolicy['target'], at: string, undated = false): PolicyProblem[] {
  if (!isRecord(target)) return [{ field: at, message: 'is not a target' }];
  const form = Object.entries(TARGET_FIELDS).find(([name]) => name in target);
  if (!form) return [{ field: at, message: 'must be open time, days, working days or a date of the case' }];
  if ('date' in target && undated) return [{ field: at, message: 'a priority has no date of its own' }];
  const strange = noOthers(target, form[1], at);
  if (strange.length) return strange;
  return 'date' in target ? oneOf(target.date, DATE_NAMES, at) : lengthProblems(target, at);
}

function lengthProblems(target: Exclude<ClockPolicy['target'], { date: DateName }>, at: string): PolicyProblem[] {
  const count = 'days' in target ? target.days : 'workingDays' in target ? target.workingDays : 1;
  if (count > LONGEST_DAYS) return [{ field: at, message: `must be at most ${LONGEST_DAYS} days` }];
  if ('workingDays' in target && target.at !== 'close' && target.at !== 'same_time')
    return [{ field: `${at}.at`, message: 'must be close or same_time' }];
  try {
    resolveTarget(target, Date.UTC(2027, 0, 4), always(GENEVA));
    const openMs = 'open' in target ? openDurationMs(target.open) : 1000;
    return problemIf(openMs < 1000 || openMs > LONGEST_OPEN_MS, at, 'must be at least one second, at most ten years');
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      return [{ field: at, message: error.message.slice(0, 120) }];
    throw error;
  }
}
