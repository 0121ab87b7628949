import type { Person } from '#libs/database/entities/person.entity.js';
import { civilDate } from '#libs/domain/calendar/civil.js';

/** Whose place somebody takes, and the last civil date of it. */
export interface Absence {
  name: string;
  until: string;
}

export interface StandIn {
  person: Person;
  insteadOf: Absence | null;
}

/** Whether somebody is away at an instant (epoch ms): both dates count, in their own zone. */
export function absenceOf({ name, timezone, onLeaveFrom, onLeaveUntil }: Person, at: number): Absence | null {
  if (!onLeaveFrom || !onLeaveUntil) return null;
  const today = civilDate(at, timezone);
  return onLeaveFrom <= today && today <= onLeaveUntil ? { name, until: onLeaveUntil } : null;
}

/** Who is written to in a person's place, through as many delegates as are away too; null when that leads to nobody. */
export function standIn(person: Person, people: readonly Person[], at: number): StandIn | null {
  const insteadOf = absenceOf(person, at);
  const seen = new Set<string>();
  let now: Person | undefined = person;
  while (now && !seen.has(now.id) && absenceOf(now, at)) {
    seen.add(now.id);
    const next: string | null = now.delegateId;
    now = people.find(({ id }) => id === next);
  }
  return now && !seen.has(now.id) ? { person: now, insteadOf } : null;
}
