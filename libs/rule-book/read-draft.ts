import type { EntityManager } from 'typeorm';
import { RuleDraft } from '#libs/database/entities/rule-draft.entity.js';
import { formatCivilDay, parseCivilDate, weekdayOf } from '#libs/domain/calendar/civil.js';
import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { validateCalendar } from '#libs/domain/calendar/validate.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { withLaterClocks } from '#libs/domain/case/delivered-policy.js';
import { validatePolicy } from '#libs/domain/case/validate-policy.js';
import type { DraftRule } from '#libs/domain/case/what-if.js';
import { NotPublishable } from './publication.js';
import type { RuleProblem } from './publication.js';

type Fields = Record<string, unknown>;

const FORMS =
  'must be {"clocks": […]}, {"calendar": {…}} or {"calendar": "geneva", "add": ["2027-05-07"], "remove": []}';

/**
 * A draft as it comes from a file or a form: a policy, a calendar, or holidays added to one and taken from it.
 * @throws NotPublishable that names each field that is wrong
 */
export function readDraft(given: unknown, rules: CaseRules): DraftRule {
  if (!isRecord(given)) throw refused('', FORMS);
  const known = 'clocks' in given ? ['clocks'] : ['calendar', 'add', 'remove'];
  const strange = Object.keys(given).find((name) => !known.includes(name));
  if (strange !== undefined) throw refused(strange, `is not a field of a draft: it ${FORMS}`);
  if ('clocks' in given) return policyDraft(given['clocks'], rules);
  if (typeof given['calendar'] === 'string') return holidayDraft(given['calendar'], given, rules);
  if (isRecord(given['calendar'])) return calendarDraft(given['calendar'], rules);
  throw refused('calendar', FORMS);
}

/** A draft that is being worked on, by its id; null when there is none. @throws NotPublishable */
export async function readStoredDraft(manager: EntityManager, id: string, rules: CaseRules): Promise<DraftRule | null> {
  const row = UUID.test(id) ? await manager.findOneBy(RuleDraft, { id }) : null;
  if (!row) return null;
  if (row.kind === 'policy') return policyDraft(row.body, rules);
  return calendarDraft({ ...(row.body as Fields), id: row.subject }, rules);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function policyDraft(clocks: unknown, { calendars }: CaseRules): DraftRule {
  const problems = validatePolicy(clocks, calendars);
  if (problems.length) throw new NotPublishable(problems);
  return { clocks: withLaterClocks(clocks as ClockPolicy[]) };
}

function calendarDraft(given: Fields, rules: CaseRules): DraftRule {
  const { weeklyHours = {}, holidays = [], annualHolidays = [], specialHours = {} } = given;
  const whole = { ...given, weeklyHours, holidays, annualHolidays, specialHours };
  const misshapen = shapeProblems(whole);
  if (misshapen.length) throw new NotPublishable(misshapen);
  return versioned(whole as unknown as WorkingCalendar, rules);
}

function versioned(calendar: WorkingCalendar, { calendars }: CaseRules): DraftRule {
  const last = calendars.get(calendar.id)?.at(-1)?.calendar.version ?? 0;
  const draft = { ...calendar, version: last + 1 };
  const problems = validateCalendar(draft).map(({ field, message }) => ({ field: `calendar.${field}`, message }));
  if (problems.length) throw new NotPublishable(problems);
  return { calendar: draft };
}

/** What the check of a calendar takes for granted. */
function shapeProblems({ id, timezone, weeklyHours, holidays, annualHolidays, specialHours, closures }: Fields) {
  const wrong = (field: string, isRight: boolean, message: string): RuleProblem[] =>
    isRight ? [] : [{ field: `calendar.${field}`, message }];
  return [
    ...wrong('id', typeof id === 'string' && /^[a-z][a-z0-9-]{1,59}$/.test(id), 'must be like this: un-geneva'),
    ...wrong('timezone', typeof timezone === 'string', 'must name a time zone'),
    ...wrong(
      'weeklyHours',
      isWindowsByKey(weeklyHours),
      'must hold windows for each day: {"mon": [["09:00", "17:00"]]}',
    ),
    ...wrong('holidays', isTexts(holidays), 'must be a list of dates'),
    ...wrong('annualHolidays', isTexts(annualHolidays), 'must be a list of days and months'),
    ...wrong('specialHours', isWindowsByKey(specialHours), 'must hold windows by date'),
    ...wrong('closures', closures === undefined || isPairs(closures), 'must be a list of spans'),
  ];
}

/** Dates that become holidays of a published calendar, and dates that cease to be. */
function holidayDraft(id: string, { add = [], remove = [] }: Fields, rules: CaseRules): DraftRule {
  const last = rules.calendars.get(id)?.at(-1)?.calendar;
  if (!last) throw refused('calendar', `must be one of: ${[...rules.calendars.keys()].join(', ')}`);
  const problems = [
    ...dateProblems('add', add),
    ...dateProblems('remove', remove, (date) => (isHoliday(last, date) ? null : `${date} is no holiday of ${id}`)),
  ];
  if (problems.length) throw new NotPublishable(problems);
  const [added, removed] = [add as string[], remove as string[]];
  if (!added.length && !removed.length) throw refused('add', 'must name a date to add, or remove one to take away');
  const holidays = [...last.holidays.filter((date) => !removed.includes(date)), ...added].sort();
  // A yearly holiday stays one in other years: the date itself is open by exception (sla.md 2.2 rule 6a).
  const opened = removed.filter((date) => last.annualHolidays.includes(date.slice(5)));
  const specialHours = Object.fromEntries(opened.map((date) => [date, usualHours(last, date)]));
  return versioned(
    { ...last, holidays: [...new Set(holidays)], specialHours: { ...last.specialHours, ...specialHours } },
    rules,
  );
}

const isHoliday = ({ holidays, annualHolidays }: WorkingCalendar, date: string): boolean =>
  holidays.includes(date) || annualHolidays.includes(date.slice(5));

const usualHours = ({ weeklyHours }: WorkingCalendar, date: string) =>
  weeklyHours[weekdayOf(parseCivilDate(date) ?? 0)] ?? [];

function dateProblems(
  field: string,
  dates: unknown,
  more: (date: string) => string | null = () => null,
): RuleProblem[] {
  if (!Array.isArray(dates)) return [{ field, message: 'must be a list of dates' }];
  return dates.flatMap((date: unknown, index) => {
    const day = typeof date === 'string' ? parseCivilDate(date) : null;
    const is = day !== null && formatCivilDay(day) === date;
    const message = is ? more(date) : `not a date: ${String(date)}`;
    return message === null ? [] : [{ field: `${field}.${index}`, message }];
  });
}

const refused = (field: string, message: string): NotPublishable => new NotPublishable([{ field, message }]);
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isPairs = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => isTexts(one) && (one as unknown[]).length === 2);
const isWindowsByKey = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isPairs);
