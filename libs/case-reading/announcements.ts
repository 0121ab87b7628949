import type { Relation } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { announce } from '#libs/domain/case/announce.js';
import type { Announcement } from '#libs/domain/case/announce.js';
import type { ClockEffects } from '#libs/domain/case/clock-effects.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import { readClock } from '#libs/domain/clock/clock.js';
import type { CaseRecord } from './case-record.js';
import { maySeeRun, nameOfSubject } from './clock-views.js';

/** A clock as an announcement names it. */
export interface NamedClock {
  name: string;
  title: string;
  subject: string;
  subjectName: string | null;
  /** Of a clock that would start; null while there is no date. */
  dueAt: string | null;
}

/** What a step does to the clocks that its sender sees. */
export type NamedEffects = Record<keyof ClockEffects, NamedClock[]>;

/** What a step will do, whatever is chosen, and what each choice adds to it. */
export interface NamedAnnouncement {
  always: NamedEffects;
  choices: { field: string; value: string; effects: NamedEffects }[];
}

export type Announcements = Partial<Record<Verb, NamedAnnouncement>>;

/** What each of these steps will do to the clocks that this person sees. `at`: epoch ms. */
export function announcements(
  record: CaseRecord,
  actor: Actor,
  relations: ReadonlySet<Relation>,
  verbs: readonly Verb[],
  at: number,
): Announcements {
  const { log, state, rules } = record;
  const named = (runs: readonly ClockRun[]): NamedClock[] =>
    runs
      .filter((run) => maySeeRun(run, state, actor, relations))
      .map((run) => {
        const { dueAt } = readClock(run.cycle, run.calendar, at);
        return {
          name: run.policy.name,
          title: run.policy.title,
          subject: run.subject,
          subjectName: nameOfSubject(run, record) ?? null,
          dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
        };
      });
  const effects = ({ stops, ends, pauses, resumes, starts }: ClockEffects): NamedEffects => ({
    stops: named(stops),
    ends: named(ends),
    pauses: named(pauses),
    resumes: named(resumes),
    starts: named(starts),
  });
  const said = Object.entries(announce(verbs, actor, { log, state, rules, now: at }) as Record<string, Announcement>);
  return Object.fromEntries(
    said.map(([verb, { always, choices }]) => [
      verb,
      { always: effects(always), choices: choices.map((one) => ({ ...one, effects: effects(one.effects) })) },
    ]),
  );
}
