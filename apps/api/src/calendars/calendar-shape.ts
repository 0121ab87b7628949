import { WEEKDAYS } from '#libs/rule-book/calendar-text.js';
import type { FieldError } from '../problems/problem.js';
import type { CalendarContentDto } from './calendars.dto.js';

const MOST_ENTRIES = 2_000;
const LONGEST_NAME = 100;
const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((time) => typeof time === 'string');
const arePairs = (value: unknown): boolean => Array.isArray(value) && value.length <= 100 && value.every(isPair);

/** What the domain takes for granted of a calendar's shape, and a program may have wrong; each field by its path. */
export function shapeErrors({ weeklyHours, specialHours, closures, names }: CalendarContentDto): FieldError[] {
  const pairs = 'must be a list of pairs of times, such as [["09:00","17:00"]]';
  const errors = (
    field: string,
    record: Record<string, unknown>,
    isRight: (value: unknown) => boolean,
    message: string,
  ): FieldError[] =>
    Object.entries(record).flatMap(([key, value]) =>
      isRight(value) ? [] : [{ field: `calendar.${field}.${key}`, message }],
    );
  const strange = Object.keys(weeklyHours).filter((day) => !(WEEKDAYS as readonly string[]).includes(day));
  return [
    ...strange.map((day) => ({ field: `calendar.weeklyHours.${day}`, message: 'is no weekday (mon … sun)' })),
    ...errors('weeklyHours', weeklyHours, arePairs, pairs),
    ...errors('specialHours', specialHours, arePairs, pairs),
    ...errors(
      'closures',
      { ...closures },
      isPair,
      'must be a pair of local times, such as ["2027-01-01T00:00","2027-01-02T00:00"]',
    ),
    ...errors('names', names ?? {}, isName, 'must be text of at most 100 characters'),
    ...[specialHours, names ?? {}].flatMap((record, index) =>
      Object.keys(record).length > MOST_ENTRIES
        ? [{ field: `calendar.${['specialHours', 'names'][index]}`, message: 'must have at most 2000 entries' }]
        : [],
    ),
  ];
}

const isName = (value: unknown): boolean => typeof value === 'string' && value.length <= LONGEST_NAME;
