import { civilDay, civilTimeMs, formatCivilDay, parseCivilDate } from '../calendar/civil.js';
import { DAY_MS, Zone } from '../calendar/zone.js';
import { isRecord, noOthers, oneOf, problemIf } from '../case/policy-problem.js';
import type { PolicyProblem } from '../case/policy-problem.js';
import { RHYTHMS } from './mail-policy.js';
import type { MailPolicy, QuietPeriod } from './mail-policy.js';
import { isWithin, periodsFor } from './quiet-periods.js';

export const MAIL_WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Mails that wait for longer than this are not read when they come. */
export const LONGEST_QUIET_DAYS = 60;
export const MOST_QUIET_PERIODS = 12;
export const LONGEST_TITLE = 80;
const MOST_STEPS = 6;
const MOST_ZONES = 20;
/** A leap year and one after it, when nothing else names a year. */
const ANY_YEARS = [2028, 2029];

/** Why rules of mail may not be published; nothing when they may. Anything may come in, also what are no rules at all. */
export function validateMailPolicy(policy: unknown): PolicyProblem[] {
  if (!isRecord(policy)) return [{ field: 'policy', message: 'must be an object' }];
  return [
    ...noOthers(policy, ['quietPeriods', 'digest', 'limits', 'drafts', 'offers', 'silence'], 'policy'),
    ...quietProblems(policy['quietPeriods']),
    ...digestProblems(policy['digest']),
    ...limitProblems(policy['limits']),
    ...listOf(policy['drafts'], 'drafts', 'idleDays', 'must go up', (before, next) => before < next),
    ...listOf(policy['offers'], 'offers', 'daysBefore', 'must go down', (before, next) => before > next),
    ...silenceProblems(policy['silence']),
  ];
}

function quietProblems(periods: unknown): PolicyProblem[] {
  if (!Array.isArray(periods)) return [{ field: 'quietPeriods', message: 'must be a list' }];
  if (periods.length > MOST_QUIET_PERIODS)
    return [{ field: 'quietPeriods', message: `must be at most ${MOST_QUIET_PERIODS} periods` }];
  const each = periods.flatMap((period: unknown, index) => periodProblems(period, `quietPeriods.${index}`));
  return each.length ? each : togetherProblems(periods as QuietPeriod[]);
}

function periodProblems(period: unknown, field: string): PolicyProblem[] {
  if (!isRecord(period)) return [{ field, message: 'must be an object' }];
  const { title, from, until, timezones } = period;
  return [
    ...noOthers(period, ['title', 'from', 'until', 'timezones'], field),
    ...problemIf(
      typeof title !== 'string' || !title.trim() || title.length > LONGEST_TITLE,
      `${field}.title`,
      `must be 1 to ${LONGEST_TITLE} characters`,
    ),
    ...problemIf(!isDate(from), `${field}.from`, DATE),
    ...(isDate(until) ? spanProblems(String(from), until, field) : [{ field: `${field}.until`, message: DATE }]),
    ...zoneProblems(timezones, `${field}.timezones`),
  ];
}

const DATE = 'must be a date: MM-DD for every year, or YYYY-MM-DD for once';

const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  (value.length === 5 || YEARS.test(value)) &&
  parseCivilDate(value.length === 5 ? `2028-${value}` : value) !== null;

/** As calendars have them. */
const YEARS = /^(19[7-9]\d|2[01]\d\d)-/;

function spanProblems(from: string, until: string, field: string): PolicyProblem[] {
  if (!isDate(from)) return [];
  if (from.length !== until.length)
    return [{ field: `${field}.until`, message: 'must be of the same kind as the first day: every year, or once' }];
  if (from.length === 5) return [];
  return problemIf(until < from, `${field}.until`, 'must not be before the first day');
}

function zoneProblems(zones: unknown, field: string): PolicyProblem[] {
  if (zones === undefined) return [];
  if (!Array.isArray(zones) || !zones.length || zones.length > MOST_ZONES)
    return [{ field, message: `must be a list of 1 to ${MOST_ZONES} time zones, or left out for everybody` }];
  if (new Set(zones).size < zones.length) return [{ field, message: 'names something twice' }];
  return zones.flatMap((zone: unknown, index) =>
    problemIf(typeof zone !== 'string' || !Zone.exists(zone), `${field}.${index}`, 'must be an IANA time zone'),
  );
}

/** Periods that touch are one wait: for everybody, and for whoever is in a zone that is named. */
function togetherProblems(periods: readonly QuietPeriod[]): PolicyProblem[] {
  const dated = periods.filter(({ from }) => from.length > 5).map(({ from }) => Number(from.slice(0, 4)));
  const years = [...new Set([...dated.flatMap((year) => [year - 1, year, year + 1]), ...ANY_YEARS])];
  const zones = new Set(periods.flatMap(({ timezones = [] }) => timezones));
  for (const zone of ['', ...zones]) {
    const theirs = periodsFor(periods, zone);
    const { days, from } = longestQuiet(theirs, years);
    if (days <= LONGEST_QUIET_DAYS) continue;
    // At the one that is too long by itself, or at the last of those that are too long together.
    const alone = theirs.find((one) => longestQuiet([one], years).days > LONGEST_QUIET_DAYS) ?? theirs.at(-1);
    const index = periods.findIndex((one) => one === alone);
    const message = `mails would wait for ${days} days from ${from}: at most ${LONGEST_QUIET_DAYS} in a row`;
    return [{ field: `quietPeriods.${index}.until`, message }];
  }
  return [];
}

/** The longest run of days on which everything rests, in these years and over the turns between them. */
function longestQuiet(periods: readonly QuietPeriod[], years: readonly number[]): { days: number; from: string } {
  let [longest, run] = [{ days: 0, from: '' }, 0];
  for (const year of [...years].sort((one, other) => one - other)) {
    if (!years.includes(year - 1)) run = 0;
    for (let day = civilDay(`${year}-01-01`); day <= civilDay(`${year}-12-31`); day += 1) {
      const date = formatCivilDay(day);
      run = periods.some((period) => isWithin(period, date)) ? run + 1 : 0;
      if (run > longest.days) longest = { days: run, from: formatCivilDay(day - run + 1) };
    }
  }
  return longest;
}

function digestProblems(digest: unknown): PolicyProblem[] {
  if (!isRecord(digest)) return [{ field: 'digest', message: 'must be an object' }];
  const { rhythm, weekday, at } = digest;
  const ms = typeof at === 'string' && /^\d\d:\d\d$/.test(at) ? civilTimeMs(at) : null;
  return [
    ...noOthers(digest, ['rhythm', 'weekday', 'at'], 'digest'),
    ...oneOf(rhythm, RHYTHMS, 'digest.rhythm'),
    ...oneOf(weekday, MAIL_WEEKDAYS, 'digest.weekday'),
    ...problemIf(ms === null || ms >= DAY_MS, 'digest.at', 'must be a time of day: HH:MM'),
  ];
}

function limitProblems(limits: unknown): PolicyProblem[] {
  if (!isRecord(limits)) return [{ field: 'limits', message: 'must be an object' }];
  const { perHour, perDay } = limits as Partial<MailPolicy['limits']>;
  return [
    ...noOthers(limits, ['perHour', 'perDay'], 'limits'),
    ...wholeNumber(perHour, 'limits.perHour', 1_000),
    ...wholeNumber(perDay, 'limits.perDay', 10_000),
    ...problemIf(Number(perDay) < Number(perHour), 'limits.perDay', 'must not be less than in an hour'),
  ];
}

function silenceProblems(silence: unknown): PolicyProblem[] {
  if (!isRecord(silence)) return [{ field: 'silence', message: 'must be an object' }];
  return [
    ...noOthers(silence, ['reminders'], 'silence'),
    ...wholeNumber(silence['reminders'], 'silence.reminders', 20),
  ];
}

/** A list of days in one order; an empty one means that nothing is sent. */
function listOf(
  value: unknown,
  field: string,
  key: string,
  order: string,
  inOrder: (before: number, next: number) => boolean,
): PolicyProblem[] {
  if (!isRecord(value)) return [{ field, message: 'must be an object' }];
  const at = `${field}.${key}`;
  const days = value[key];
  if (!Array.isArray(days)) return [{ field: at, message: 'must be a list' }];
  if (days.length > MOST_STEPS) return [{ field: at, message: `must be at most ${MOST_STEPS} days` }];
  const wrong = days.flatMap((day: unknown, index) => wholeNumber(day, `${at}.${index}`, 365));
  if (wrong.length) return wrong;
  const numbers = days as number[];
  const isOrdered = numbers.every((day, index) => index === 0 || inOrder(numbers[index - 1] ?? 0, day));
  return [...noOthers(value, [key], field), ...problemIf(!isOrdered, at, `${order} from one to the next`)];
}

const wholeNumber = (value: unknown, field: string, most: number): PolicyProblem[] =>
  problemIf(
    !Number.isInteger(value) || Number(value) < 1 || Number(value) > most,
    field,
    `must be a whole number from 1 to ${most}`,
  );
