import { readFileSync } from 'node:fs';
import type { Vector } from '#libs/domain/clock/conformance.js';
import { Zone } from '#libs/domain/calendar/zone.js';
import { UsageError } from '../command.js';

/** The fields that each kind of vector needs besides its id. */
const NEEDS: Record<Vector['kind'], readonly string[]> = {
  due: ['calendar', 'start', 'events', 'duration_seconds', 'expected_due'],
  elapsed: ['calendar', 'start', 'events', 'end', 'expected_elapsed_seconds'],
  next_open: ['calendar', 'start', 'events', 'expected_open'],
  local_time: ['timezone', 'local', 'expected_instant'],
  scenario: ['calendar', 'start', 'events', 'duration_seconds', 'observe_at', 'expected'],
};
const INSTANTS = ['start', 'end', 'observe_at'];

/** A file of clock vectors. @throws UsageError that names the vector and the field that is wrong */
export function readVectors(file: string): Vector[] {
  const given = parse(file);
  if (!Array.isArray(given)) throw new UsageError(`${file}: is not a JSON list of vectors.`);
  given.forEach((vector: unknown, index) => check(vector, index, file));
  return given as Vector[];
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: cannot be read as JSON: ${(error as Error).message}`);
  }
}

function check(vector: unknown, index: number, file: string): void {
  const fields = (typeof vector === 'object' && vector !== null ? vector : {}) as Record<string, unknown>;
  const id = typeof fields['id'] === 'string' ? fields['id'] : `[${index}]`;
  const wrong = (field: string, what: string) => new UsageError(`${file}: ${id}: ${field}: ${what}`);
  if (typeof fields['id'] !== 'string') throw wrong('id', 'is missing');
  const needs = NEEDS[fields['kind'] as Vector['kind']];
  if (!needs) throw wrong('kind', `is none of ${Object.keys(NEEDS).join(', ')}`);
  for (const field of needs) if (!(field in fields)) throw wrong(field, 'is missing');
  for (const field of INSTANTS)
    if (field in fields && Number.isNaN(Date.parse(String(fields[field])))) throw wrong(field, 'is not an instant');
  if (typeof (fields['duration_seconds'] ?? 0) !== 'number') throw wrong('duration_seconds', 'is not a number');
  if ('events' in fields && !Array.isArray(fields['events'])) throw wrong('events', 'is not a list');
  const { timezone, weekly_hours: hours } = calendarOf(fields);
  if (!Zone.exists(String(timezone))) throw wrong('timezone', `is not a time zone: ${String(timezone)}`);
  if (fields['kind'] !== 'local_time' && (typeof hours !== 'object' || hours === null))
    throw wrong('calendar.weekly_hours', 'is missing');
}

/** The calendar of a vector, or the vector itself when it only names a zone. */
const calendarOf = ({ calendar, ...rest }: Record<string, unknown>): Record<string, unknown> =>
  typeof calendar === 'object' && calendar !== null ? (calendar as Record<string, unknown>) : rest;
